import type * as kube from '../types.ts';
import type {Fields, Reader} from '../shape.ts';
import {
  anything,
  fields,
  flag,
  integer,
  integerOrText,
  list,
  mapOf,
  presence,
  quantity,
  text,
} from '../shape.ts';
import {commandLine, image} from './quoted.ts';

/**
 * Environment variables whose values checks need: how a CNI or kube-proxy reaches the API server and names its node
 * and network. All other values are dropped on reading, so that no secret reaches a report.
 */
const READABLE_ENV = new Set([
  'KUBERNETES_SERVICE_HOST',
  'KUBERNETES_SERVICE_PORT',
  'KUBE_NETWORK',
  'NODENAME',
  'NODE_NAME',
  'CALICO_NETWORKING_BACKEND',
  'K8S_SERVICE_CIDR',
  'VXLAN_VNI',
]);

/** Options that only Windows has. */
export const windowsOptions = fields<kube.WindowsOptions>({
  hostProcess: flag,
  runAsUserName: text,
  gmsaCredentialSpecName: text,
  gmsaCredentialSpec: presence,
});

/** Fields that the security contexts of pods and containers share. */
export const securityFields: Fields<kube.SecurityContext> = {
  windowsOptions,
  runAsUser: integer,
  runAsGroup: integer,
  runAsNonRoot: flag,
  seLinuxOptions: anything,
  seccompProfile: anything,
  appArmorProfile: anything,
  capabilities: anything,
  readOnlyRootFilesystem: flag,
  privileged: flag,
  allowPrivilegeEscalation: flag,
  procMount: text,
};
const handlerFields: Fields<kube.Handler> = {
  exec: fields({command: commandLine}),
  httpGet: fields({path: text, port: integerOrText, scheme: text}),
  tcpSocket: fields({port: integerOrText}),
  grpc: fields({port: integer}),
};
const probe = fields<kube.Probe>({
  ...handlerFields,
  initialDelaySeconds: integer,
  timeoutSeconds: integer,
  periodSeconds: integer,
  failureThreshold: integer,
});

/** Requests and limits. */
export const resources = fields<kube.Resources>({
  limits: mapOf<string | number>(quantity),
  requests: mapOf<string | number>(quantity),
  claims: list(anything),
});

const variable = fields<kube.EnvVar>({name: text, value: text, valueFrom: presence}, {name: ''});

const envVar: Reader<kube.EnvVar> = (value, at, report) => {
  const read = variable(value, at, report);
  if (read && !READABLE_ENV.has(read.name)) delete read.value;
  return read;
};

/** A container, without the values of its environment but for a few names. */
export const container = fields<kube.Container>(
  {
    name: text,
    image,
    command: commandLine,
    args: commandLine,
    workingDir: text,
    env: list(envVar),
    ports: list(
      fields<{name?: string; containerPort: number; hostPort?: number; protocol?: string}>(
        {name: text, containerPort: integer, hostPort: integer, protocol: text},
        {containerPort: 0},
      ),
    ),
    resources,
    volumeMounts: list(
      fields<kube.VolumeMount>(
        {name: text, mountPath: text, subPath: text, readOnly: flag, mountPropagation: text},
        {name: '', mountPath: ''},
      ),
    ),
    volumeDevices: list(
      fields<{name: string; devicePath: string}>({name: text, devicePath: text}, {name: '', devicePath: ''}),
    ),
    securityContext: fields<kube.SecurityContext>(securityFields),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: fields({
      postStart: fields<kube.Handler>(handlerFields),
      preStop: fields<kube.Handler>(handlerFields),
    }),
    imagePullPolicy: text,
    restartPolicy: text,
  },
  {name: ''},
);
