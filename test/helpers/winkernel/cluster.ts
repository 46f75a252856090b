import type {Json, Raw} from '../raw.ts';
import {DAY, ago, namespace} from '../raw.ts';
import {lease, linuxNode, windowsNode} from '../raw-nodes.ts';
import {addressesOf} from './addresses.ts';
import type {Addresses} from './addresses.ts';
import {daemonsOf} from './daemons.ts';
import {hostOf} from './host.ts';
import {CNI_TRAITS, setUpNetwork} from './networks.ts';
import type {ClusterPlan, NodePlan} from './plan.ts';
import {leaveFinished, startPod} from './pods.ts';
import type {NodePods} from './pods.ts';
import {Proxier} from './proxier.ts';
import {proxyConfigMap, proxyFlags, rootEndpointOf, sourceVipOf} from './proxy-flags.ts';
import {Pods, frontOf} from './services.ts';
import {HnsStore} from './store.ts';
import {systemFronts} from './system-fronts.ts';

/** One Windows node of a simulated cluster: what HNS has of it is open to break until its files are made. */
export interface SimulatedNode {
  name: string;
  index: number;
  plan: NodePlan;
  store: HnsStore;
  pods: NodePods;
  /** Flags of kube-proxy's process. */
  flags: Record<string, string>;
  adapters: Json[];
  routes: Json[];
}

/** The objects of a cluster but for idle pods, before anything of its nodes is programmed. */
export interface Outline {
  plan: ClusterPlan;
  addresses: Addresses;
  dualStack: boolean;
  objects: Raw[];
  /** The same by what a node needs of them. */
  podsOf: ReadonlyMap<string, Raw[]>;
  services: Raw[];
  slices: Raw[];
  pods: Pods;
}

/** A whole cluster of a plan, as API objects and as what each node's HNS and CRI have. */
export interface Simulated extends Outline {
  nodes: SimulatedNode[];
}

/** Makes a cluster of a plan: objects, then on each Windows node CNI, pods and kube-proxy, one after the other. */
export function simulate(plan: ClusterPlan): Simulated {
  const outline = outlineOf(plan);
  const nodes = plan.nodes.map((_, i) => programNode(outline, i + 1));
  return {
    ...outline,
    objects: [...outline.objects, ...nodes.flatMap(n => idlePodsOf(outline, n.index))],
    nodes,
  };
}

/** The API objects of a cluster. */
export function outlineOf(plan: ClusterPlan): Outline {
  const addresses = addressesOf(plan.cni);
  const dualStack = plan.dualStack && CNI_TRAITS[plan.cni].dualStack;
  const names = ['linux-0', ...plan.nodes.map((_, i) => `win-${i + 1}`)];
  const pods = new Pods(addresses, names, dualStack);
  const fronts = [...systemFronts(pods), ...plan.services.map((service, i) => frontOf(service, i, pods))];
  const services = fronts.map(front => front.service);
  const slices = fronts.flatMap(front => front.slices);
  const objects = [
    ...['default', 'kube-system', 'kube-node-lease', 'app-0', 'app-1'].map(name => namespace(name)),
    ...names.flatMap((name, i) => [nodeOf(plan, addresses, {name, index: i, dualStack}), lease(name)]),
    ...services,
    ...fronts.flatMap(front => front.pods),
    ...slices,
    ...daemonsOf(plan, addresses, names.slice(1)),
    ...proxyConfigMap(plan),
  ];
  const podsOf = Map.groupBy(
    objects.filter(o => o.kind === 'Pod'),
    pod => String(pod['spec'].nodeName),
  );
  return {plan, addresses, dualStack, objects, podsOf, services, slices, pods};
}

/** Pods of a Windows node that no Service selects. */
export function idlePodsOf({plan, pods}: Outline, index: number): Raw[] {
  return Array.from({length: plan.idlePods}, (_, i) => pods.idle(index, i));
}

/** CNI makes the network of a Windows node, containerd starts its pods, kube-proxy follows the Services. */
export function programNode(outline: Outline, index: number): SimulatedNode {
  const {plan, addresses, dualStack, services, slices} = outline;
  const name = `win-${index}`;
  const node = plan.nodes[index - 1];
  if (!node) throw new Error(`the plan has no node ${index}`);
  const store = new HnsStore(index, node);
  const {cni} = plan;
  const network = setUpNetwork(store, {cni, node: index, nodes: plan.nodes.length + 1, dualStack});
  const pods: NodePods = {sandboxes: [], containers: []};
  for (const pod of [...(outline.podsOf.get(name) ?? []), ...idlePodsOf(outline, index)]) {
    startPod(store, pods, {pod, cni, node: index, network});
  }
  if (node.finished) leaveFinished(pods, finishedPod());
  const options = {
    node: name,
    network,
    flags: plan.proxy,
    ...sourceVipOf(plan, index),
    ...rootEndpointOf(plan),
  };
  const four = {...options, family: 'IPv4', nodeIp: addresses.nodeIp(index)} as const;
  const six = {...options, family: 'IPv6', nodeIp: addresses.nodeIp6(index)} as const;
  for (const family of dualStack ? [four, six] : [four]) {
    const proxier = new Proxier(store, family);
    if (node.followed) proxier.sync(services, slices.map(allReady));
    proxier.sync(services, slices);
  }
  const host = hostOf(store, addresses, index);
  return {name, index, plan: node, store, pods, ...host, flags: proxyFlags(plan, name, index)};
}

/** An EndpointSlice as it was while all its endpoints were ready. */
function allReady(slice: Raw): Raw {
  const conditions = {ready: true, serving: true, terminating: false};
  return {...slice, endpoints: slice['endpoints'].map((e: Json) => ({...e, conditions}))};
}

function nodeOf(
  plan: ClusterPlan,
  addresses: Addresses,
  {name, index, dualStack}: {name: string; index: number; dualStack: boolean},
): Raw {
  const raw = index === 0 ? linuxNode(name, index) : windowsNode(name, index);
  const windows = plan.nodes[index - 1];
  if (windows) {
    raw.metadata['labels']['node.kubernetes.io/windows-build'] = `10.0.${windows.build}`;
    raw['status'].nodeInfo.kernelVersion = `10.0.${windows.build}.9000`;
  }
  const cidr = addresses.podCidr(index);
  raw['spec'].podCIDR = cidr;
  raw['spec'].podCIDRs =
    cidr === undefined ? undefined : [cidr, ...(dualStack ? [addresses.prefix6(index)] : [])];
  raw['status'].addresses = [
    {type: 'InternalIP', address: addresses.nodeIp(index)},
    ...(dualStack ? [{type: 'InternalIP', address: addresses.nodeIp6(index)}] : []),
    {type: 'Hostname', address: name},
  ];
  return raw;
}

function finishedPod(): Raw {
  const at = {namespace: 'app-0', name: 'job-done', uid: 'pod-app-0-job-done'};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {...at, creationTimestamp: ago(5 * DAY)},
    spec: {containers: [{name: 'main', image: 'registry.example.com/job:1.0'}]},
  };
}
