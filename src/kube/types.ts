/**
 * Kubernetes objects as far as checks read them, with the API's own field names. Own types, because the client's
 * would pull Node's into `src`. Everything but identity is optional: captures and manifests hold anything.
 */

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
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  /** Only set by `lint`. */
  origin?: Origin;
}

export interface Taint {
  key: string;
  value?: string;
  effect: string;
  timeAdded?: string;
}

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastHeartbeatTime?: string;
}

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

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}

export interface SelectorRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface NodeSelectorTerm {
  matchExpressions?: SelectorRequirement[];
  matchFields?: SelectorRequirement[];
}

export interface NodeAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: {nodeSelectorTerms?: NodeSelectorTerm[]};
  preferredDuringSchedulingIgnoredDuringExecution?: {weight?: number; preference?: NodeSelectorTerm}[];
}

export interface WindowsOptions {
  hostProcess?: boolean;
  runAsUserName?: string;
  gmsaCredentialSpecName?: string;
  /** The text itself is dropped when an object is read; only that there is one is kept, as an empty string. */
  gmsaCredentialSpec?: string;
}

export interface SecurityContext {
  windowsOptions?: WindowsOptions;
  runAsUser?: number;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  seLinuxOptions?: unknown;
  seccompProfile?: unknown;
  appArmorProfile?: unknown;
  capabilities?: unknown;
  readOnlyRootFilesystem?: boolean;
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  procMount?: string;
}

export interface PodSecurityContext extends SecurityContext {
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  sysctls?: unknown;
  supplementalGroups?: unknown;
  supplementalGroupsPolicy?: string;
  seLinuxChangePolicy?: string;
}

export interface EnvVar {
  name: string;
  /** Kept only for the names that checks read (`project.ts`); every other value is dropped on reading. */
  value?: string;
  valueFrom?: unknown;
}

export interface Handler {
  exec?: {command?: string[]};
  httpGet?: {path?: string; port?: number | string; scheme?: string};
  tcpSocket?: {port?: number | string};
  grpc?: {port?: number};
}

export interface Probe extends Handler {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  failureThreshold?: number;
}

export interface VolumeMount {
  name: string;
  mountPath: string;
  subPath?: string;
  readOnly?: boolean;
  mountPropagation?: string;
}

export interface Resources {
  limits?: Record<string, string | number>;
  requests?: Record<string, string | number>;
  claims?: unknown[];
}

export interface Container {
  name: string;
  image?: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: EnvVar[];
  ports?: {name?: string; containerPort: number; hostPort?: number; protocol?: string}[];
  resources?: Resources;
  volumeMounts?: VolumeMount[];
  volumeDevices?: {name: string; devicePath: string}[];
  securityContext?: SecurityContext;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: {postStart?: Handler; preStop?: Handler};
  imagePullPolicy?: string;
  restartPolicy?: string;
}

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

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: SelectorRequirement[];
}

/** Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, ReplicationController: what holds a pod template. */
export interface Controller extends KubeObject {
  spec: {
    replicas?: number;
    parallelism?: number;
    completions?: number;
    suspend?: boolean;
    selector?: LabelSelector;
    template?: PodTemplate;
    volumeClaimTemplates?: PersistentVolumeClaim[];
  };
  status: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    desiredNumberScheduled?: number;
    numberReady?: number;
    numberUnavailable?: number;
    numberMisscheduled?: number;
    active?: number;
    failed?: number;
    conditions?: Condition[];
  };
}

export interface CronJob extends KubeObject {
  kind: 'CronJob';
  spec: {suspend?: boolean; jobTemplate?: {spec?: {template?: PodTemplate}}};
}

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  targetPort?: number | string;
  nodePort?: number;
}

export interface Service extends KubeObject {
  kind: 'Service';
  spec: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    externalIPs?: string[];
    externalName?: string;
    selector?: Record<string, string>;
    ports?: ServicePort[];
    externalTrafficPolicy?: string;
    internalTrafficPolicy?: string;
    sessionAffinity?: string;
    healthCheckNodePort?: number;
    ipFamilies?: string[];
    publishNotReadyAddresses?: boolean;
    loadBalancerClass?: string;
  };
  status: {loadBalancer?: {ingress?: {ip?: string; hostname?: string}[]}};
}

export interface EndpointSlice extends KubeObject {
  kind: 'EndpointSlice';
  addressType?: string;
  endpoints?: {
    addresses?: string[];
    conditions?: {ready?: boolean; serving?: boolean; terminating?: boolean};
    nodeName?: string;
    targetRef?: {kind?: string; namespace?: string; name?: string};
  }[];
  ports?: {name?: string; port?: number; protocol?: string}[];
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

export interface RuntimeClass extends KubeObject {
  kind: 'RuntimeClass';
  handler?: string;
  overhead?: {podFixed?: Record<string, string>};
  scheduling?: {nodeSelector?: Record<string, string>; tolerations?: Toleration[]};
}

export interface PersistentVolume extends KubeObject {
  kind: 'PersistentVolume';
  spec: {
    csi?: {driver: string; fsType?: string; volumeHandle?: string; volumeAttributes?: Record<string, string>};
    storageClassName?: string;
    mountOptions?: string[];
    volumeMode?: string;
    claimRef?: {namespace?: string; name?: string};
    capacity?: Record<string, string>;
    [plugin: string]: unknown;
  };
  status: {phase?: string; reason?: string; message?: string};
}

export interface PersistentVolumeClaim extends KubeObject {
  kind: 'PersistentVolumeClaim';
  spec: {storageClassName?: string; volumeName?: string; volumeMode?: string; accessModes?: string[]};
  status: {phase?: string};
}

export interface StorageClass extends KubeObject {
  kind: 'StorageClass';
  provisioner?: string;
  parameters?: Record<string, string>;
  mountOptions?: string[];
}

export interface CsiNode extends KubeObject {
  kind: 'CSINode';
  spec: {drivers?: {name: string; nodeID?: string}[]};
}

export interface CsiDriver extends KubeObject {
  kind: 'CSIDriver';
}

export interface ServiceAccount extends KubeObject {
  kind: 'ServiceAccount';
  automountServiceAccountToken?: boolean;
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

export interface CustomResourceDefinition extends KubeObject {
  kind: 'CustomResourceDefinition';
  spec: {
    group?: string;
    names?: {plural?: string; kind?: string};
    versions?: {name: string; served?: boolean}[];
  };
}

/** Mutating- or ValidatingWebhookConfiguration. */
export interface WebhookConfiguration extends KubeObject {
  webhooks?: {
    name: string;
    failurePolicy?: string;
    clientConfig?: {
      url?: string;
      service?: {namespace?: string; name?: string; port?: number; path?: string};
    };
    rules?: {apiGroups?: string[]; resources?: string[]; operations?: string[]}[];
    namespaceSelector?: LabelSelector;
  }[];
}

/** `gmsacredentialspecs.windows.k8s.io`: `credspec` stands at the top level of the object. */
export interface GmsaCredentialSpec extends KubeObject {
  kind: 'GMSACredentialSpec';
  credspec?: unknown;
}

export interface CertificateSigningRequest extends KubeObject {
  kind: 'CertificateSigningRequest';
  spec: {signerName?: string; username?: string};
  status: {conditions?: Condition[]};
}

/** Istio's `security.istio.io` PeerAuthentication. */
export interface PeerAuthentication extends KubeObject {
  kind: 'PeerAuthentication';
  spec: {mtls?: {mode?: string}; selector?: LabelSelector};
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
