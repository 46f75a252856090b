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
