import {crossCheck} from '../../../hns/cross-check.ts';
import type {LoadBalancerCheck} from '../../../hns/cross-check.ts';
import type {HnsEndpoint, HnsLoadBalancer, HnsNetwork} from '../../../hns/model.ts';
import type {KubeProxyConfig} from '../../../kube-proxy/config.ts';
import {HEALTH_PORT, kubeProxyConfig} from '../../../kube-proxy/config.ts';
import {windowsKubeProxies} from '../../../kube-proxy/daemons.ts';
import type {Expectation, ExpectationInput} from '../../../kube-proxy/expected.ts';
import {expectedLoadBalancers} from '../../../kube-proxy/expected.ts';
import {replacementOf} from '../../../kube-proxy/replaced.ts';
import {providerOfNode} from '../../../kube/provider.ts';
import type {EndpointSlice, Node, Service} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import type {Indexed} from '../../../node/items.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {NodeProcess} from '../../../node/processes.ts';
import type {NodeService} from '../../../node/services.ts';
import {serviceNamed} from '../../../node/services.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {millis} from '../../../snapshot/time.ts';
import type {EvidenceMap} from '../../../snapshot/snapshot.ts';

/** What says how kube-proxy works there; of what is missing of it, rules that depend on it say nothing. */
export const SERVICE_WANTS = [
  'workloads',
  'configMaps',
  'node.processes',
  'node.services',
  'node.hns',
  'node.hns.networks',
] as const;

/** Evidence that may be missing. */
export type ServiceWants = {readonly [W in (typeof SERVICE_WANTS)[number]]: Evidence<EvidenceMap[W]>};

/** What is compared on one node. */
export interface Compared {
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly loadBalancers: readonly HnsLoadBalancer[];
  readonly endpoints: readonly HnsEndpoint[];
}

/** A node's load balancers, wanted and found, and what of kube-proxy there that follows from. */
export interface NodeState {
  readonly config: KubeProxyConfig;
  /** The HNS network that kube-proxy serves, where it is known. */
  readonly network: HnsNetwork | undefined;
  readonly expectation: Expectation;
  readonly check: LoadBalancerCheck;
  /**
   * Since when both kube-proxy and HNS run, in milliseconds since 1970: kube-proxy makes everything anew after either was
   * started. Undefined where kube-proxy's start is not known.
   */
  readonly runningSince: number | undefined;
  /** Why nothing is to be compared there. */
  readonly skipped: string | undefined;
}

/** Every check of Services asks the same of a node: it is compared once. */
const states = new WeakMap<readonly HnsLoadBalancer[], {compared: Compared; state: NodeState}>();

/** Compares a node's load balancers with what its kube-proxy would have made. */
export function stateOf(node: Node, compared: Compared, wants: ServiceWants): NodeState {
  const {services, slices, loadBalancers, endpoints} = compared;
  const known = states.get(loadBalancers);
  if (known?.compared.services === services && known.compared.slices === slices) return known.state;
  const programs = programsOn(node, wants);
  const {networks, processes, services: started, daemons} = programs;
  const configMaps = wants.configMaps.ok ? wants.configMaps.value : undefined;
  const config = kubeProxyConfig({node, processes, configMaps, daemons});
  const network = networks && servedNetwork(networks, config.networkName?.value);
  const expectation = expectedLoadBalancers({
    node,
    services,
    endpointSlices: slices,
    config: traitsOf(config),
    hnsVersion: valueOn(wants['node.hns'], node.metadata.name)?.version,
    networkType: network?.type,
  });
  const check = crossCheck({node, expectation, loadBalancers, endpoints});
  const skipped =
    replacementOf({networks, services: started}) ??
    withoutNetwork(networks) ??
    withoutKubeProxy(node, loadBalancers, {config, ...programs});
  const runningSince = sinceWhen(config, started);
  const state = {config, network, expectation, check, skipped, runningSince};
  states.set(loadBalancers, {compared, state});
  return state;
}

/** What runs on a node, as far as it is known. */
interface Programs {
  networks: readonly HnsNetwork[] | undefined;
  processes: readonly Indexed<NodeProcess>[] | undefined;
  services: readonly Indexed<NodeService>[] | undefined;
  daemons: readonly Workload[];
}

function programsOn(node: Node, wants: ServiceWants): Programs {
  const {name} = node.metadata;
  return {
    networks: valueOn(wants['node.hns.networks'], name),
    processes: valueOn(wants['node.processes'], name),
    services: valueOn(wants['node.services'], name),
    daemons: wants.workloads.ok ? windowsKubeProxies(wants.workloads.value) : [],
  };
}

function sinceWhen(
  {process}: KubeProxyConfig,
  services: readonly Indexed<NodeService>[] | undefined,
): number | undefined {
  const proxy = millis(process?.startedAt);
  const hns = millis(services && serviceNamed(services, 'hns')?.startedAt);
  return proxy === undefined ? undefined : Math.max(proxy, hns ?? proxy);
}

/** A port of health checks that is only a guess makes no load balancer a must. */
function traitsOf(config: KubeProxyConfig): ExpectationInput['config'] {
  const forwards = config.forwardHealthcheckVip?.value;
  const isKnown = config.healthPort !== undefined && config.rootEndpoint !== undefined;
  return {
    dsr: config.dsr?.value,
    forwardHealthcheckVip: forwards && !isKnown ? undefined : forwards,
    rootEndpoint: config.rootEndpoint?.value,
    healthPort: config.healthPort?.value ?? HEALTH_PORT,
  };
}

/** The network of kube-proxy by its name; Calico's name is a pattern (`Calico.*`). Without a name the one that is no NAT. */
function servedNetwork(networks: readonly HnsNetwork[], name: string | undefined): HnsNetwork | undefined {
  if (name !== undefined) {
    const wanted = name.toLowerCase().replace(/\.?\*$/, '');
    return networks.find(n => n.name.toLowerCase() === wanted);
  }
  const [only, ...others] = networks.filter(n => n.type !== 'nat' && n.type !== 'ics');
  return others.length === 0 ? only : undefined;
}

/** Types of networks that no plug-in makes for pods whose Services kube-proxy balances. */
const NOT_OF_PODS: ReadonlySet<string> = new Set(['nat', 'ics']);

/** kube-proxy waits for its network, which some plug-ins make with the first pod; where one should be, HNS002 tells of it. */
function withoutNetwork(networks: readonly HnsNetwork[] | undefined): string | undefined {
  const isNone = networks?.every(n => NOT_OF_PODS.has(n.type) || n.name === 'External');
  return isNone ? 'HNS has no network of pods, and kube-proxy waits for one' : undefined;
}

/** Nothing programs load balancers where no kube-proxy runs and none is meant to: another program may serve Services. */
function withoutKubeProxy(
  node: Node,
  loadBalancers: readonly HnsLoadBalancer[],
  {config, processes, services, daemons}: {config: KubeProxyConfig} & Omit<Programs, 'networks'>,
): string | undefined {
  if (!processes || config.process || loadBalancers.length > 0 || daemons.length > 0) return undefined;
  // Providers run it as a service or a child of one, which may have ended.
  if (providerOfNode(node) !== undefined || (services && serviceNamed(services, 'kube-proxy', 'kubeproxy'))) {
    return undefined;
  }
  return 'no kube-proxy runs on the node, and no DaemonSet of it is for Windows';
}
