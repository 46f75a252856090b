import type {Condition, KubeObject} from './object.ts';
import type {Taint} from './scheduling.ts';

export interface NodeInfo {
  operatingSystem?: string;
  architecture?: string;
  osImage?: string;
  kernelVersion?: string;
  kubeletVersion?: string;
  kubeProxyVersion?: string;
  containerRuntimeVersion?: string;
  bootID?: string;
}

export interface ContainerImage {
  names?: string[];
  sizeBytes?: number;
}

export interface Node extends KubeObject {
  kind: 'Node';
  spec: {
    podCIDR?: string;
    podCIDRs?: string[];
    providerID?: string;
    taints?: Taint[];
    unschedulable?: boolean;
  };
  status: {
    conditions?: Condition[];
    addresses?: {type: string; address: string}[];
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    nodeInfo?: NodeInfo;
    images?: ContainerImage[];
    runtimeHandlers?: {name: string}[];
  };
}

/** A core/v1 Event with the fields that older and newer writers use folded into one shape. */
export interface Event extends KubeObject {
  kind: 'Event';
  type?: string;
  reason?: string;
  message?: string;
  involvedObject: {kind?: string; namespace?: string; name?: string; uid?: string; fieldPath?: string};
  /** Component that reported it: `kubelet`, `default-scheduler`, … */
  component?: string;
  host?: string;
  count: number;
  firstTimestamp?: string;
  lastTimestamp?: string;
}

export interface ConfigMap extends KubeObject {
  kind: 'ConfigMap';
  data?: Record<string, string>;
}

export interface Lease extends KubeObject {
  kind: 'Lease';
  spec: {holderIdentity?: string; leaseDurationSeconds?: number; renewTime?: string; acquireTime?: string};
}

export interface Namespace extends KubeObject {
  kind: 'Namespace';
  status: {phase?: string};
}

export interface LimitRange extends KubeObject {
  kind: 'LimitRange';
  spec: {
    limits?: {type?: string; default?: Record<string, string>; defaultRequest?: Record<string, string>}[];
  };
}
