import type {Json, Raw} from '../raw.ts';
import {DAY, ago} from '../raw.ts';
import {linuxPodSpec, pod, windowsPodSpec} from '../raw-pods.ts';
import type {Addresses} from './addresses.ts';
import {sliceOf} from './slices.ts';
import {DNS_SPECS} from './dns.ts';
import type {BackendPlan, PodState, ServicePlan} from './plan.ts';

/** Gives pods addresses: one after the other on each node. */
export class Pods {
  readonly addresses: Addresses;
  readonly dualStack: boolean;
  readonly nodeNames: readonly string[];
  readonly #taken: number[];

  constructor(addresses: Addresses, nodeNames: readonly string[], dualStack: boolean) {
    this.addresses = addresses;
    this.nodeNames = nodeNames;
    this.dualStack = dualStack;
    this.#taken = nodeNames.map(() => 0);
  }

  /** A pod that runs on a node; the first node is a Linux one. */
  make(at: {namespace: string; name: string}, node: number, hostNetwork = false): Raw {
    const slot = this.#taken[node] ?? 0;
    if (!hostNetwork) this.#taken[node] = slot + 1;
    return this.#place(at, node, hostNetwork ? undefined : slot);
  }

  /** A pod of a node that no Service selects: the same whenever it is asked for. */
  idle(node: number, count: number): Raw {
    return this.#place({namespace: 'app-0', name: `idle-${node}-${count}`}, node, IDLE_SLOTS + count);
  }

  #place(at: {namespace: string; name: string}, node: number, slot: number | undefined): Raw {
    const made: Raw = pod(at, node === 0 ? linuxPodSpec() : windowsPodSpec(), this.nodeNames[node] ?? '');
    const {nodeIp, nodeIp6, podIp, podIp6} = this.addresses;
    const ips = slot === undefined ? [nodeIp(node), nodeIp6(node)] : [podIp(node, slot), podIp6(node, slot)];
    if (slot === undefined) made['spec'].hostNetwork = true;
    made['status'].hostIP = nodeIp(node);
    made['status'].podIP = ips[0];
    made['status'].podIPs = ips.slice(0, this.dualStack ? 2 : 1).map(ip => ({ip}));
    return made;
  }
}

/** Addresses from this one on are those of idle pods: no plan has so many others on a node. */
const IDLE_SLOTS = 32;

/** A Service with its pods and slices. */
export interface Front {
  service: Raw;
  pods: Raw[];
  slices: Raw[];
}

const CONDITIONS: Record<PodState, Json> = {
  ready: {ready: true, serving: true, terminating: false},
  unready: {ready: false, serving: false, terminating: false},
  ending: {ready: false, serving: true, terminating: true},
  ended: {ready: false, serving: false, terminating: true},
};

/** Objects of one Service of a plan. */
export function frontOf(plan: ServicePlan, index: number, pods: Pods): Front {
  const at = {namespace: `app-${index % 2}`, name: `svc-${index}`};
  const behind = plan.kind === 'outside' || plan.kind === 'ExternalName' ? [] : distinct(plan.backends, pods);
  const made = behind.map((backend, i) => {
    const raw = pods.make({...at, name: `${at.name}-${i}`}, backend.node, backend.hostNetwork);
    raw.metadata['labels'] = {app: at.name};
    Object.assign(raw['spec'], DNS_SPECS[backend.dns]);
    raw['spec'].containers[0].ports = plan.ports.map(({protocol}, p) => ({
      name: `p${p}`,
      containerPort: targetPort(p),
      protocol,
    }));
    setState(raw, backend.state);
    return raw;
  });
  const endpoints = made.map((raw, i) => ({
    addresses: raw['status'].podIPs,
    conditions: CONDITIONS[behind[i]?.state ?? 'ready'],
    nodeName: raw['spec'].nodeName,
    targetRef: {kind: 'Pod', ...raw.metadata, labels: undefined},
  }));
  if (plan.kind === 'outside') {
    endpoints.push(...plan.backends.map((_, i) => outsider(`203.0.113.${index * 4 + i + 1}`)));
  }
  const service = serviceOf(plan, index, pods.dualStack);
  if (plan.kind === 'ExternalName') return {service, pods: [], slices: []};
  const families = service['spec'].clusterIPs.length > 1 ? [0, 1] : [0];
  return {
    service,
    pods: made,
    slices: families.flatMap(family => slicesOf(plan, at, endpoints, family)),
  };
}

/** A node has but one address to give to pods without a network of their own, and HostProcess is for Windows. */
function distinct(backends: readonly BackendPlan[], pods: Pods): BackendPlan[] {
  const hosts = new Set<number>();
  return backends.map(backend => {
    const node = backend.node % pods.nodeNames.length;
    if (!backend.hostNetwork || hosts.has(node)) return {...backend, node, hostNetwork: false};
    hosts.add(node);
    return {...backend, node};
  });
}

/** A Service with one port need not name it. */
function portName({ports, overlap}: ServicePlan, port: number): string {
  return ports.length === 1 && overlap ? '' : `p${port}`;
}

const targetPort = (port: number): number => 8080 + port;

function outsider(ip: string): Json {
  return {addresses: [{ip}], conditions: {ready: true}, nodeName: undefined, targetRef: undefined};
}

function setState(raw: Raw, state: PodState): void {
  if (state === 'ending' || state === 'ended') {
    raw.metadata['deletionTimestamp'] = ago(400);
    raw.metadata['deletionGracePeriodSeconds'] = 3600;
  }
  if (state === 'unready' || state === 'ended') {
    for (const condition of raw['status'].conditions) {
      if (condition.type.endsWith('Ready')) condition.status = 'False';
    }
    for (const status of raw['status'].containerStatuses) status.ready = false;
  }
}

function serviceOf(plan: ServicePlan, index: number, dualStack: boolean): Raw {
  const at = {namespace: `app-${index % 2}`, name: `svc-${index}`};
  const type = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'].includes(plan.kind)
    ? plan.kind
    : 'ClusterIP';
  const service: Raw = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {...at, uid: `svc-${index}`, creationTimestamp: ago(20 * DAY), annotations: {}, labels: {}},
    spec: {type, sessionAffinity: 'None'},
    status: {loadBalancer: {}},
  };
  const spec: Json = service['spec'];
  if (plan.kind === 'ExternalName') {
    spec.externalName = 'example.com';
    return service;
  }
  const clusterIp = plan.kind === 'headless' ? 'None' : `10.97.${index >> 8}.${(index & 255) + 1}`;
  const dual = dualStack && plan.dual;
  spec.clusterIP = clusterIp;
  spec.clusterIPs = dual
    ? [clusterIp, clusterIp === 'None' ? 'None' : `fd00:10:96::${(index + 256).toString(16)}`]
    : [clusterIp];
  spec.ipFamilies = dual ? ['IPv4', 'IPv6'] : ['IPv4'];
  if (plan.kind !== 'outside') spec.selector = {app: at.name};
  const external = type !== 'ClusterIP';
  spec.internalTrafficPolicy = plan.internalLocal ? 'Local' : 'Cluster';
  if (external) spec.externalTrafficPolicy = plan.externalLocal ? 'Local' : 'Cluster';
  if (plan.affinity) {
    spec.sessionAffinity = 'ClientIP';
    spec.sessionAffinityConfig = {clientIP: {timeoutSeconds: 10_800}};
  }
  const [first] = plan.ports;
  const base = plan.sharesIngress ? 80 + index * 10 : 80;
  spec.ports = plan.ports.map(({protocol, named}, p) => ({
    ...(portName(plan, p) !== '' && {name: portName(plan, p)}),
    protocol,
    // Two protocols on one port, as DNS has them.
    port: base + (p === 1 && first?.protocol !== protocol ? 0 : p),
    targetPort: named ? `p${p}` : targetPort(p),
    ...(external && {nodePort: 30_000 + index * 4 + p}),
  }));
  if (plan.kind === 'headless') return service;
  if (plan.kind === 'other-proxy') {
    service.metadata['labels']['service.kubernetes.io/service-proxy-name'] = 'another-proxy';
  }
  if (plan.externalIps > 0) {
    spec.externalIPs = Array.from({length: plan.externalIps}, (_, i) => `198.51.100.${index * 2 + i + 1}`);
    spec.externalTrafficPolicy ??= plan.externalLocal ? 'Local' : 'Cluster';
  }
  if (type === 'LoadBalancer') addIngress(service, plan, index);
  return service;
}

function addIngress(service: Raw, plan: ServicePlan, index: number): void {
  if (plan.externalLocal) service['spec'].healthCheckNodePort = 31_000 + index;
  if (plan.preserveDestination) service.metadata['annotations']['preserve-destination'] = 'true';
  const [one, two] = plan.sharesIngress ? ['20.1.0.1', '20.1.0.2'] : [`20.0.${index}.1`, `20.0.${index}.2`];
  const ingress = {
    ip: [{ip: one}],
    two: [{ip: one}, {ip: two}],
    proxied: [{ip: one, ipMode: 'Proxy'}],
    mixed: [
      {ip: one, ipMode: 'Proxy'},
      {ip: two, ipMode: 'VIP'},
    ],
    hostname: [{hostname: `${service.metadata.name}.example.com`}],
    pending: undefined,
  }[plan.ingress];
  if (ingress) service['status'].loadBalancer = {ingress};
}

function slicesOf(
  plan: ServicePlan,
  at: {namespace: string; name: string},
  endpoints: Json[],
  family: number,
): Raw[] {
  const count = Math.max(1, plan.slices);
  const parts = Array.from({length: count}, (_, part) => endpoints.filter((_e, i) => i % count === part));
  const last = parts.at(-1);
  if (plan.overlap && count > 1 && endpoints.length > 0) last?.push(endpoints[0]);
  return parts.map((part, i) =>
    sliceOf(at, `${family}${i}`, {
      addressType: family === 0 ? 'IPv4' : 'IPv6',
      endpoints: part.flatMap(({addresses, ...rest}) =>
        addresses[family] === undefined ? [] : [{addresses: [addresses[family].ip], ...rest}],
      ),
      ports: plan.ports.map(({protocol}, p) => ({name: portName(plan, p), port: targetPort(p), protocol})),
    }),
  );
}
