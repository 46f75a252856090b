import type {KubeObject, SelectorRequirement} from './object.ts';

export interface Taint {
  key: string;
  value?: string;
  effect: string;
  timeAdded?: string;
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}

export interface NodeSelectorTerm {
  matchExpressions?: SelectorRequirement[];
  matchFields?: SelectorRequirement[];
}

export interface NodeAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: {nodeSelectorTerms?: NodeSelectorTerm[]};
  preferredDuringSchedulingIgnoredDuringExecution?: {weight?: number; preference?: NodeSelectorTerm}[];
}

export interface RuntimeClass extends KubeObject {
  kind: 'RuntimeClass';
  handler?: string;
  overhead?: {podFixed?: Record<string, string>};
  scheduling?: {nodeSelector?: Record<string, string>; tolerations?: Toleration[]};
}
