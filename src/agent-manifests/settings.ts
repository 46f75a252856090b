import type {AgentOs} from '../protocol/names.ts';

/** Whom a role is bound to. */
export interface RoleSubject {
  kind: 'User' | 'Group';
  name: string;
}

/** A toleration as in a pod's spec. */
export interface TolerationSpec {
  key?: string;
  operator?: 'Exists' | 'Equal';
  value?: string;
  effect?: string;
}

/** What `agent install` was told, and what it found out about the cluster. */
export interface AgentSettings {
  /** Version of the agent, as its image's tag and its pods' label have it. */
  readonly version: string;
  /** Reference of the image, by digest where one is known. */
  readonly image: string;
  /** Names of Secrets in the agent's namespace that hold registry credentials. */
  readonly pullSecrets: readonly string[];
  /** Operating systems to install on. */
  readonly os: readonly AgentOs[];
  /** Only these nodes; all of the operating systems where empty. */
  readonly nodes: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly TolerationSpec[];
  /** Pods that an update may take down at once: a number or a share (`10%`). */
  readonly maxUnavailable: string;
  /** Where probes may go beside the cluster's own networks: networks and single `host:port` (CONTRACT §6). */
  readonly targets: readonly string[];
  /** Networks of pods, Services and nodes, as far as the cluster says them. */
  readonly clusterTargets: readonly string[];
  /** Seconds until everything removes itself; absent: it stays. */
  readonly ttlSeconds?: number;
  /** Who gets the role `agent-use`. */
  readonly users: readonly RoleSubject[];
  /** Who gets the role `agent-exec`, which is SYSTEM or root on every node. */
  readonly execUsers: readonly RoleSubject[];
  /** Whether the cluster serves OpenShift's SecurityContextConstraints. */
  readonly openShift: boolean;
  /** Entry of the key Secret (`src/protocol/key.ts`); absent where the Secret there is to stay as it is. */
  readonly key?: string;
}

/** A Kubernetes object as it is sent. */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: ManifestOwner[];
  };
  [field: string]: unknown;
}

export interface ManifestOwner {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
}
