import type {ConfigMap, Node} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import type {Indexed} from '../node/items.ts';
import type {NodeProcess} from '../node/processes.ts';
import {programOf} from '../node/processes.ts';
import {configDocuments} from './config-map.ts';
import type {Setting, SettingSources, TextSetting} from './settings.ts';
import {environmentOf, findSetting} from './settings.ts';

/**
 * kube-proxy's configuration on one node, each setting with the place where it was read. What is not known is undefined: a
 * script or a file on the node may set it.
 */
export interface KubeProxyConfig {
  /** The process, where it runs. */
  process: Indexed<NodeProcess> | undefined;
  /** Name of the HNS network that it serves (`--network-name`, `KUBE_NETWORK`). */
  networkName: Setting<string> | undefined;
  /** Source address of an overlay's load balancers (`--source-vip`). */
  sourceVip: Setting<string> | undefined;
  /** Direct server return for cluster IPs (`--enable-dsr`); off unless it is set, in every version. */
  dsr: Setting<boolean> | undefined;
  /** Name under which it runs. */
  hostnameOverride: Setting<string> | undefined;
  /** Pod networks (`--cluster-cidr`), with commas. */
  clusterCidr: Setting<string> | undefined;
  forwardHealthcheckVip: Setting<boolean> | undefined;
  /** Name of the endpoint that answers health checks (`--root-hnsendpoint-name`). */
  rootEndpoint: Setting<string> | undefined;
  /** Port of `--healthz-bind-address`. */
  healthPort: Setting<number> | undefined;
  /** `--feature-gates` as it stands. */
  featureGates: Setting<string> | undefined;
}

/** Port of kube-proxy's health checks where nothing else is set (cmd/kube-proxy/app, 1.35). */
export const HEALTH_PORT = 10_256;
/** Its root endpoint where nothing else is set (the same). */
const ROOT_ENDPOINT = 'cbr0';

/** The process of kube-proxy among those of a node. */
export function kubeProxyProcess(
  processes: readonly Indexed<NodeProcess>[] | undefined,
): Indexed<NodeProcess> | undefined {
  return processes?.find(p => /^kube-?proxy(?:\.exe)?$/i.test(programOf(p)));
}

/** What the configuration of a node is read from; undefined where it could not be had. */
export interface ConfigInput {
  node: Node;
  processes: readonly Indexed<NodeProcess>[] | undefined;
  configMaps: readonly ConfigMap[] | undefined;
  /** DaemonSets of kube-proxy for Windows. */
  daemons: readonly Workload[];
}

/** Reads kube-proxy's configuration on a node. */
export function kubeProxyConfig({node, processes, configMaps, daemons}: ConfigInput): KubeProxyConfig {
  const process = kubeProxyProcess(processes);
  const workload = daemons.find(d => d.pods.some(p => p.nodeName === node.metadata.name));
  const sources: SettingSources = {running: process, workload, documents: configDocuments(configMaps ?? [])};
  const find = (flag: string, ...path: string[]): TextSetting => findSetting(sources, flag, path);
  const network = find('network-name', 'winkernel', 'networkName');
  return {
    process,
    networkName: textOf(network) ?? environmentOf(workload, 'KUBE_NETWORK'),
    sourceVip: textOf(find('source-vip', 'winkernel', 'sourceVip')),
    dsr: booleanOf(find('enable-dsr', 'winkernel', 'enableDSR')),
    hostnameOverride: textOf(find('hostname-override', 'hostnameOverride')),
    clusterCidr: textOf(find('cluster-cidr', 'clusterCIDR')),
    forwardHealthcheckVip: booleanOf(find('forward-healthcheck-vip', 'winkernel', 'forwardHealthCheckVip')),
    rootEndpoint: textOf(find('root-hnsendpoint-name', 'winkernel', 'rootHnsEndpointName'), ROOT_ENDPOINT),
    healthPort: portOf(find('healthz-bind-address', 'healthzBindAddress')),
    featureGates: textOf(find('feature-gates', 'featureGates')),
  };
}

/** `fallback` is what kube-proxy takes where nothing is set. */
function textOf(found: TextSetting, fallback?: string): Setting<string> | undefined {
  if (found === 'unset') return fallback === undefined ? undefined : {value: fallback};
  return found;
}

/** Go's words for truth; a flag without a value is true. */
function booleanOf(found: TextSetting): Setting<boolean> | undefined {
  if (found === 'unset') return {value: false};
  if (!found) return undefined;
  if (/^(?:|1|t|true)$/i.test(found.value)) return {...found, value: true};
  return /^(?:0|f|false)$/i.test(found.value) ? {...found, value: false} : undefined;
}

function portOf(found: TextSetting): Setting<number> | undefined {
  if (found === 'unset') return {value: HEALTH_PORT};
  const [, port] = /:(\d{1,5})$/.exec(found?.value ?? '') ?? [];
  return found && port !== undefined ? {...found, value: Number(port)} : undefined;
}
