import type * as kube from '../types.ts';
import {fields, integer, list, mapOf, text} from '../shape.ts';
import {time} from './object.ts';

/** What keeps pods off a node. */
export const taint = fields<kube.Taint>(
  {key: text, value: text, effect: text, timeAdded: time},
  {key: '', effect: ''},
);

/** What lets a pod on nevertheless. */
export const toleration = fields<kube.Toleration>({
  key: text,
  operator: text,
  value: text,
  effect: text,
  tolerationSeconds: integer,
});
const requirement = fields<kube.SelectorRequirement>(
  {key: text, operator: text, values: list(text)},
  {key: '', operator: ''},
);
const nodeTerm = fields<kube.NodeSelectorTerm>({
  matchExpressions: list(requirement),
  matchFields: list(requirement),
});

/** Required and preferred nodes of a pod. */
export const nodeAffinity = fields<kube.NodeAffinity>({
  requiredDuringSchedulingIgnoredDuringExecution: fields({nodeSelectorTerms: list(nodeTerm)}),
  preferredDuringSchedulingIgnoredDuringExecution: list(fields({weight: integer, preference: nodeTerm})),
});

/** Selects objects by their labels. */
export const labelSelector = fields<kube.LabelSelector>({
  matchLabels: mapOf(text),
  matchExpressions: list(requirement),
});
