import type * as kube from '../types.ts';
import {fields, flag, integer, list, mapOf, quantity, text} from '../shape.ts';
import {condition, object, time} from './object.ts';
import {taint, toleration} from './scheduling.ts';
import {image, masked} from './quoted.ts';

/** Nodes. */
export const node = object<kube.Node>(
  'Node',
  {
    spec: fields({
      podCIDR: text,
      podCIDRs: list(text),
      providerID: text,
      taints: list(taint),
      unschedulable: flag,
    }),
    status: fields({
      conditions: list(condition),
      addresses: list(
        fields<{type: string; address: string}>({type: text, address: text}, {type: '', address: ''}),
      ),
      capacity: mapOf(quantity),
      allocatable: mapOf(quantity),
      nodeInfo: fields<kube.NodeInfo>({
        operatingSystem: text,
        architecture: text,
        osImage: text,
        kernelVersion: text,
        kubeletVersion: text,
        kubeProxyVersion: text,
        containerRuntimeVersion: text,
        bootID: text,
      }),
      images: list(fields<kube.ContainerImage>({names: list(image), sizeBytes: integer})),
      runtimeHandlers: list(fields<{name: string}>({name: text}, {name: ''})),
    }),
  },
  {spec: {}, status: {}},
);

/** Namespaces. */
export const namespace = object<kube.Namespace>('Namespace', {status: fields({phase: text})}, {status: {}});

/** A kubeconfig is never kept (CONTRACT §4.1), whatever it is called. */
const configData = mapOf(
  masked,
  (key, value) =>
    !/kubeconfig/i.test(key) && !(typeof value === 'string' && /^kind: ["']?Config["']?\s*$/m.test(value)),
);

/** ConfigMaps: only those by name are ever read. */
export const configMap = object<kube.ConfigMap>('ConfigMap', {data: configData});

/** Leases, by which nodes say that they live. */
export const lease = object<kube.Lease>(
  'Lease',
  {
    spec: fields({holderIdentity: text, leaseDurationSeconds: integer, renewTime: time, acquireTime: time}),
  },
  {spec: {}},
);

/** Runtime classes. */
export const runtimeClass = object<kube.RuntimeClass>('RuntimeClass', {
  handler: text,
  overhead: fields({podFixed: mapOf(quantity)}),
  scheduling: fields({nodeSelector: mapOf(text), tolerations: list(toleration)}),
});

/** Default and limit resources of a namespace. */
export const limitRange = object<kube.LimitRange>(
  'LimitRange',
  {
    spec: fields({
      limits: list(fields({type: text, default: mapOf(quantity), defaultRequest: mapOf(quantity)})),
    }),
  },
  {spec: {}},
);
