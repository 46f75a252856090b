import type {Container, PodSecurityContext, Resources} from './container.ts';
import type {Condition, KubeObject} from './object.ts';
import type {NodeAffinity, Toleration} from './scheduling.ts';

export interface Volume {
  name: string;
  emptyDir?: {medium?: string; sizeLimit?: string};
  hostPath?: {path: string; type?: string};
  persistentVolumeClaim?: {claimName: string};
  configMap?: {name?: string};
  secret?: {secretName?: string};
  csi?: {driver: string; fsType?: string; volumeAttributes?: Record<string, string>};
  ephemeral?: {volumeClaimTemplate?: {spec?: {storageClassName?: string}}};
  projected?: unknown;
  downwardAPI?: unknown;
  image?: unknown;
  /** In-tree plugins, by name: `nfs`, `iscsi`, `rbd`, … */
  [plugin: string]: unknown;
}

export interface PodSpec {
  os?: {name?: string};
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  affinity?: {nodeAffinity?: NodeAffinity; podAffinity?: unknown; podAntiAffinity?: unknown};
  tolerations?: Toleration[];
  runtimeClassName?: string;
  schedulerName?: string;
  priorityClassName?: string;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostUsers?: boolean;
  shareProcessNamespace?: boolean;
  dnsPolicy?: string;
  dnsConfig?: {nameservers?: string[]; searches?: string[]};
  resources?: Resources;
  overhead?: Record<string, string>;
  securityContext?: PodSecurityContext;
  containers: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
  volumes?: Volume[];
  terminationGracePeriodSeconds?: number;
  restartPolicy?: string;
}

export interface ContainerState {
  waiting?: {reason?: string; message?: string};
  running?: {startedAt?: string};
  terminated?: {
    exitCode?: number;
    signal?: number;
    reason?: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
}

export interface ContainerStatus {
  name: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  image?: string;
  imageID?: string;
  state?: ContainerState;
  lastState?: ContainerState;
}

/** A pod. `spec` is shared by all pods of equal specification and holds no `nodeName`: read `nodeName` instead. */
export interface Pod extends KubeObject {
  kind: 'Pod';
  nodeName?: string;
  spec: PodSpec;
  status: {
    phase?: string;
    reason?: string;
    message?: string;
    podIP?: string;
    podIPs?: {ip: string}[];
    hostIP?: string;
    startTime?: string;
    qosClass?: string;
    conditions?: Condition[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

export interface PodTemplate {
  metadata?: {labels?: Record<string, string>; annotations?: Record<string, string>};
  spec: PodSpec;
}
