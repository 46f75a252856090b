import type {Condition, KubeObject} from './object.ts';

export interface ServiceAccount extends KubeObject {
  kind: 'ServiceAccount';
  automountServiceAccountToken?: boolean;
}

export interface PolicyRule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  verbs?: string[];
  nonResourceURLs?: string[];
}

/** Role or ClusterRole. */
export interface Role extends KubeObject {
  rules?: PolicyRule[];
  aggregationRule?: unknown;
}

/** RoleBinding or ClusterRoleBinding. */
export interface RoleBinding extends KubeObject {
  roleRef?: {apiGroup?: string; kind?: string; name?: string};
  subjects?: {kind?: string; apiGroup?: string; name?: string; namespace?: string}[];
}

export interface CertificateSigningRequest extends KubeObject {
  kind: 'CertificateSigningRequest';
  spec: {signerName?: string; username?: string};
  status: {conditions?: Condition[]};
}
