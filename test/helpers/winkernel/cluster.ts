import {TestCluster} from '../cluster.ts';
import {healthyNode} from '../healthy-node.ts';
import type {TestNode} from '../node-files.ts';
import type {Json, Raw} from '../raw.ts';
import {DAY, ago, namespace} from '../raw.ts';
import {lease, linuxNode, windowsNode} from '../raw-nodes.ts';
import {addressesOf} from './addresses.ts';
import type {Addresses} from './addresses.ts';
import {daemonsOf} from './daemons.ts';
import {hostFiles} from './host-files.ts';
import {CNI_TRAITS, confOf, setUpNetwork} from './networks.ts';
import type {ClusterPlan, NodePlan} from './plan.ts';
import {leaveFinished, startPod} from './pods.ts';
import type {NodePods} from './pods.ts';
import {Proxier} from './proxier.ts';
import {proxyConfigMap, proxyFlags, rootEndpointOf, sourceVipOf} from './proxy-flags.ts';
import {rawFiles} from './raw.ts';
import {Pods, frontOf} from './services.ts';
import type {Front} from './services.ts';
import {HnsStore} from './store.ts';
import {systemFronts} from './system-fronts.ts';

/** One Windows node of a simulated cluster: what HNS has of it is open to break until its files are made. */
export interface SimulatedNode {
  name: string;
  index: number;
  plan: NodePlan;
  store: HnsStore;
  pods: NodePods;
}

/** A whole cluster of a plan, as API objects and as what each node's HNS and CRI have. */
export interface Simulated {
  plan: ClusterPlan;
  addresses: Addresses;
  objects: Raw[];
  fronts: Front[];
  nodes: SimulatedNode[];
  /** Reads objects and the nodes' files as the tool reads a real cluster. */
  cluster(): TestCluster;
}

/** Makes a cluster of a plan: objects, then on each Windows node CNI, pods and kube-proxy, one after the other. */
export function simulate(plan: ClusterPlan): Simulated {
  const addresses = addressesOf(plan.cni);
  const dualStack = plan.dualStack && CNI_TRAITS[plan.cni].dualStack;
  const names = ['linux-0', ...plan.nodes.map((_, i) => `win-${i + 1}`)];
  const pods = new Pods(addresses, names, dualStack);
  const fronts = [...systemFronts(pods), ...plan.services.map((service, i) => frontOf(service, i, pods))];
  const daemons = daemonsOf(plan, addresses, names.slice(1));
  const objects = [
    ...['default', 'kube-system', 'kube-node-lease', 'app-0', 'app-1'].map(name => namespace(name)),
    ...names.flatMap((name, i) => [nodeOf(plan, addresses, {name, index: i, dualStack}), lease(name)]),
    ...fronts.flatMap(front => [front.service, ...front.pods, ...front.slices]),
    ...daemons,
    ...proxyConfigMap(plan),
  ];
  const nodes = plan.nodes.map((node, i): SimulatedNode => {
    const index = i + 1;
    return {name: `win-${index}`, index, plan: node, ...programmed(plan, {node, index, dualStack}, objects)};
  });
  const cluster = (): TestCluster =>
    new TestCluster(objects).agents(...nodes.map(node => filesOf(plan, addresses, node)));
  return {plan, addresses, objects, fronts, nodes, cluster};
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

/** CNI makes the network, containerd starts the pods, kube-proxy follows the Services. */
function programmed(
  plan: ClusterPlan,
  {node, index, dualStack}: {node: NodePlan; index: number; dualStack: boolean},
  objects: readonly Raw[],
): {store: HnsStore; pods: NodePods} {
  const name = `win-${index}`;
  const addresses = addressesOf(plan.cni);
  const store = new HnsStore(index, node.build, node.hns);
  const of = {cni: plan.cni, node: index, nodes: plan.nodes.length + 1, dualStack};
  const network = setUpNetwork(store, of);
  const pods: NodePods = {sandboxes: [], containers: []};
  for (const pod of objects) {
    if (pod.kind !== 'Pod' || pod['spec'].nodeName !== name) continue;
    startPod(store, pods, {pod, cni: plan.cni, node: index, network});
  }
  if (node.finished) leaveFinished(pods, finishedPod());
  const options = {
    node: name,
    network,
    flags: plan.proxy,
    ...sourceVipOf(plan, index),
    ...rootEndpointOf(plan),
  };
  const services = objects.filter(o => o.kind === 'Service');
  const slices = objects.filter(o => o.kind === 'EndpointSlice');
  new Proxier(store, {...options, family: 'IPv4', nodeIp: addresses.nodeIp(index)}).sync(services, slices);
  if (dualStack) {
    const six = {...options, family: 'IPv6', nodeIp: addresses.nodeIp6(index)} as const;
    new Proxier(store, six).sync(services, slices);
  }
  return {store, pods};
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

/** What the node's agent sends. */
export function filesOf(plan: ClusterPlan, addresses: Addresses, node: SimulatedNode): TestNode {
  const {name, index, store, pods} = node;
  const agent = healthyNode(name).remove('cni/10-flannel.conflist');
  const [confFile, conf] = confOf(plan.cni, index);
  agent.set(`cni/${confFile}`, conf);
  const network = CNI_TRAITS[plan.cni].network(index);
  agent.change('cri/status.json', (status: Json) => {
    status.cniconfig.Networks = [{Config: {Name: network, CNIVersion: '0.3.1'}, IFName: 'eth0'}];
  });
  agent.change('system.json', (system: Json) => {
    system.build = node.plan.build;
    system.ubr = 9000;
  });
  agent.change('processes.json', (processes: Json[]) => {
    for (const process of processes) {
      if (process.image === 'kube-proxy.exe') process.flags = proxyFlags(plan, name, index);
    }
  });
  agent.set('cri/sandboxes.json', {items: pods.sandboxes});
  agent.set('cri/containers.json', {containers: pods.containers});
  for (const [file, value] of Object.entries(rawFiles(store, node.plan.upper))) agent.set(file, value);
  for (const [file, value] of Object.entries(hostFiles(store, addresses, index))) agent.set(file, value);
  return agent;
}
