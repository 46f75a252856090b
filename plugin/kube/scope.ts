import type {ResourceKey} from '../../src/kube/resources.ts';
import {isRecord} from '../../src/kube/shape.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {SCOPED_OWNERS, notAsked, selectsNodes} from '../../src/snapshot/scope.ts';

/** How one kind is asked for under a scope. */
export interface Selection {
  query: Record<string, string>;
  /** Only in this namespace. */
  namespace?: string;
  /** Objects that the server could not leave out for us. */
  keep?: (item: unknown) => boolean;
  /** What a scope leaves out is missing as not requested. */
  gap?: Missing;
}

/**
 * Events of every pod's normal life, which no check looks at: half of all events and more. The server leaves them out
 * (`reason` is a field that events can be selected by).
 */
export const ROUTINE_REASONS = ['Scheduled', 'Created', 'Started', 'SuccessfulCreate'] as const;

/** Narrows a list to a scope. `selected` are the names of the nodes that it selects, where it does. */
export function selectionOf(key: ResourceKey, scope: Scope, selected?: ReadonlySet<string>): Selection {
  if (key === 'nodes') return nodeSelection(scope);
  if (key === 'pods') return podSelection(scope, selected);
  if (key === 'events') return {query: {fieldSelector: ROUTINE_REASONS.map(r => `reason!=${r}`).join(',')}};
  return scope.namespace !== undefined && SCOPED_OWNERS.includes(key)
    ? {query: {}, namespace: scope.namespace}
    : {query: {}};
}

function nodeSelection(scope: Scope): Selection {
  if (!selectsNodes(scope)) return {query: {}};
  const names = new Set(scope.nodes);
  const [only] = names;
  return {
    query: {
      ...(scope.nodeSelector && {labelSelector: scope.nodeSelector}),
      ...(only !== undefined && names.size === 1 && {fieldSelector: `metadata.name=${escapeField(only)}`}),
    },
    ...(names.size > 1 && {keep: item => names.has(textAt(item, 'metadata', 'name'))}),
    gap: notAsked('nodes', scope),
  };
}

function podSelection(scope: Scope, selected: ReadonlySet<string> | undefined): Selection {
  const narrowed = scope.namespace !== undefined || scope.selector !== undefined || selected !== undefined;
  if (!narrowed) return {query: {}};
  const [only] = selected ?? [];
  const oneNode = selected?.size === 1 && only !== undefined;
  return {
    query: {
      ...(scope.selector && {labelSelector: scope.selector}),
      ...(oneNode && {fieldSelector: `spec.nodeName=${escapeField(only)}`}),
    },
    ...(scope.namespace !== undefined && {namespace: scope.namespace}),
    ...(selected && !oneNode && {keep: item => selected.has(textAt(item, 'spec', 'nodeName'))}),
    gap: notAsked('pods', scope),
  };
}

/** In a field selector these three have a meaning of their own. */
function escapeField(value: string): string {
  return value.replaceAll(/[\\,=]/g, String.raw`\$&`);
}

function textAt(item: unknown, outer: string, inner: string): string {
  const object = isRecord(item) ? item[outer] : undefined;
  const value = isRecord(object) ? object[inner] : undefined;
  return typeof value === 'string' ? value : '';
}
