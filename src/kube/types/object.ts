export interface OwnerReference {
  kind: string;
  name: string;
  uid?: string;
  controller?: boolean;
}

/** Where an object was read from, when that is a file that a user edits (`lint`). `document` counts from 0. */
export interface Origin {
  file: string;
  document: number;
  /** JSON pointer of the object inside the document: `/items/3` in a List, else empty. */
  pointer: string;
  /** Set where the place is known by line and column only, as for a syntax error; both count from 1. */
  line?: number;
  column?: number;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  /** Of Services and EndpointSlices: when each writer last changed it. */
  managedFields?: {time?: string}[];
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  /** Only set by `lint`. */
  origin?: Origin;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastHeartbeatTime?: string;
}

export interface SelectorRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: SelectorRequirement[];
}

/** Any other custom resource a check reads in passing (Calico, Felix, IPAM configuration). */
export interface CustomObject extends KubeObject {
  spec?: Record<string, unknown>;
}

/** `GET /version`. */
export interface ServerVersion {
  major?: string;
  minor?: string;
  gitVersion: string;
  platform?: string;
}
