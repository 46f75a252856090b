import type {Json, Raw} from '../raw.ts';
import {DAY, ago} from '../raw.ts';
import {SERVICE_CIDR, addressesOf, conjureMac} from './addresses.ts';
import {dnsOf} from './dns.ts';
import {CNI_TRAITS, prefixLengthOf} from './networks.ts';
import type {CniKind} from './plan.ts';
import type {HnsStore, StoredNetwork} from './store.ts';

const PAUSE = 'registry.k8s.io/pause:3.10.1';

/** What CRI says of the pods that one node has. */
export interface NodePods {
  sandboxes: Json[];
  containers: Json[];
}

/** Starts a pod as containerd and the CNI plug-in do: sandbox, namespace, endpoint, containers. */
export function startPod(
  store: HnsStore,
  pods: NodePods,
  {pod, cni, node, network}: {pod: Raw; cni: CniKind; node: number; network: StoredNetwork},
): void {
  const {name, namespace = ''} = pod.metadata;
  const sandbox = idOf(`${namespace}/${name}`);
  const container = idOf(`${namespace}/${name}/main`);
  pods.containers.push(criContainer(pod, {sandbox, container}));
  if (pod['spec'].hostNetwork === true) {
    pods.sandboxes.push(criSandbox(pod, {sandbox}));
    return;
  }
  const traits = CNI_TRAITS[cni];
  const addresses = addressesOf(cni);
  const compartment = store.newId();
  store.namespaces.push({
    id: compartment,
    compartment: store.namespaces.length + 1,
    isDefault: false,
    endpoints: [],
    containers: [sandbox, container],
    state: 1,
  });
  const ips: {ip: string}[] = pod['status'].podIPs;
  const ip = ips[0]?.ip ?? '';
  const ip6 = ips[1]?.ip;
  store.add({
    name: traits.endpointName({sandbox, namespace: compartment}),
    network: network.id,
    ip,
    ...(ip6 !== undefined && {ip6}),
    prefixLength: prefixLengthOf(network),
    gateway: addresses.podGateway(node),
    mac: conjureMac('0E-2A', ip),
    remote: false,
    state: 3,
    namespace: compartment,
    containers: [sandbox, container],
    policies: [
      {type: 'OutBoundNAT', settings: {Exceptions: [...addresses.exceptions]}},
      ...(traits.sdnRoute
        ? [{type: 'SDNRoute', settings: {DestinationPrefix: SERVICE_CIDR, NeedEncap: true}}]
        : []),
      ...(traits.vni === undefined
        ? [{type: 'L2Driver', settings: {}}]
        : [{type: 'ProviderAddress', settings: {ProviderAddress: addresses.nodeIp(node)}}]),
    ],
    ...dnsOf(pod),
    encapOverhead: traits.overhead,
    pod: `${namespace}/${name}`,
  });
  pods.sandboxes.push(criSandbox(pod, {sandbox, compartment}));
}

/** A sandbox that the kubelet keeps of a pod that finished: it has neither namespace nor endpoint. */
export function leaveFinished(pods: NodePods, pod: Raw): void {
  const sandbox = idOf(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
  pods.sandboxes.push({...criSandbox(pod, {sandbox}), state: 'SANDBOX_NOTREADY'});
}

/** Ids of containerd: 64 hexadecimal digits. */
function idOf(name: string): string {
  let hash = 7n;
  for (const char of name)
    hash = (hash * 1_099_511_628_211n + BigInt(char.codePointAt(0) ?? 0)) % (1n << 128n);
  return hash.toString(16).padStart(32, '0').padEnd(64, '5');
}

function criSandbox(pod: Raw, {sandbox, compartment}: {sandbox: string; compartment?: string}): Json {
  const {name, namespace, uid} = pod.metadata;
  return {
    id: sandbox,
    metadata: {name, uid, namespace, attempt: 0},
    state: 'SANDBOX_READY',
    createdAt: `${Date.parse(ago(5 * DAY))}000000`,
    labels: {},
    annotations: {},
    runtimeHandler: '',
    info: {
      image: PAUSE,
      runtimeSpec: {
        ...(compartment === undefined && {
          annotations: {'microsoft.com/hostprocess-container': String(pod['spec'].hostNetwork === true)},
        }),
        ...(compartment !== undefined && {windows: {network: {networkNamespace: compartment}}}),
      },
    },
  };
}

function criContainer(pod: Raw, {sandbox, container}: {sandbox: string; container: string}): Json {
  const {name, namespace} = pod.metadata;
  const [{name: of, image}] = pod['spec'].containers;
  return {
    id: container,
    podSandboxId: sandbox,
    metadata: {name: of, attempt: 0},
    image: {image},
    imageRef: image,
    state: 'CONTAINER_RUNNING',
    createdAt: `${Date.parse(ago(5 * DAY))}000000`,
    labels: {'io.kubernetes.pod.name': name, 'io.kubernetes.pod.namespace': namespace},
  };
}
