import {osIntended, pinnedOs} from './os.ts';
import {containersOf} from './containers.ts';
import type {Os} from './os.ts';
import {providerOf} from './provider.ts';
import type {ConfigMap, Node} from './types.ts';
import type {Workload} from './workloads.ts';

/** Network plugins that Windows nodes run. */
export type Cni = 'calico' | 'flannel' | 'antrea' | 'azure' | 'aws-vpc' | 'ovn-hybrid' | 'cilium';

/** A CNI plugin that a cluster shows, with the DaemonSets that run it. */
export interface CniPresence {
  cni: Cni;
  /** DaemonSets of it, by the OS that they are for. */
  daemons: Record<Os, Workload[]>;
}

/** Words in names of DaemonSets and images of each plugin's node agent; tools beside it (`calico-typha`) are no DaemonSets. */
const SIGNS: readonly (readonly [Cni, readonly string[]])[] = [
  ['flannel', ['kube-flannel', 'flannel-host', '/flannel', 'canal']],
  ['calico', ['calico-node', 'calico-windows', 'calico/node', 'canal']],
  ['antrea', ['antrea-agent', 'antrea-ubuntu', 'antrea-windows']],
  ['azure', ['azure-cns', 'azure-cni', 'azure-vnet']],
  ['aws-vpc', ['aws-node', 'amazon-k8s-cni']],
  ['ovn-hybrid', ['ovnkube-node', 'ovn-kubernetes', 'hybrid-overlay']],
  ['cilium', ['cilium-agent', 'cilium/cilium', 'cilium-node']],
];

/** ConfigMaps that only one plugin has. */
const CONFIG_MAPS: ReadonlyMap<string, Cni> = new Map([
  ['kube-flannel-cfg', 'flannel'],
  ['calico-windows-config', 'calico'],
  ['calico-config', 'calico'],
  ['antrea-config', 'antrea'],
  ['amazon-vpc-cni', 'aws-vpc'],
]);

/**
 * Recognises the CNI plugins of a cluster by its DaemonSets, by ConfigMaps, and by who runs the nodes. There may be several:
 * one for pods and one for policies, or one for each OS.
 */
export function cnisOf({
  workloads,
  configMaps = [],
  nodes = [],
}: {
  workloads: readonly Workload[];
  configMaps?: readonly ConfigMap[];
  nodes?: readonly Node[];
}): Map<Cni, CniPresence> {
  const found = new Map<Cni, CniPresence>();
  const presence = (cni: Cni): CniPresence => {
    const known = found.get(cni) ?? {cni, daemons: {windows: [], linux: []}};
    found.set(cni, known);
    return known;
  };
  for (const workload of workloads) {
    if (workload.owner.kind !== 'DaemonSet') continue;
    for (const cni of cniOfDaemon(workload)) presence(cni).daemons[osOfDaemon(workload)].push(workload);
  }
  for (const {metadata} of configMaps) {
    const cni = CONFIG_MAPS.get(metadata.name);
    if (cni) presence(cni);
  }
  const provider = providerOf(nodes);
  if (provider === 'eks') presence('aws-vpc');
  if (provider === 'openshift') presence('ovn-hybrid');
  return found;
}

function cniOfDaemon(workload: Workload): Cni[] {
  const view = workload.template ?? workload.live[0];
  const images = view ? containersOf(view.spec).map(c => c.container.image ?? '') : [];
  const words = [workload.owner.metadata.name, ...images].map(w => w.toLowerCase());
  return SIGNS.filter(([, signs]) => signs.some(sign => words.some(w => w.includes(sign)))).map(
    ([cni]) => cni,
  );
}

/** The OS that a DaemonSet is for: Windows where it says so; the plugins' plain DaemonSets are for Linux. */
export function osOfDaemon(workload: Workload): Os {
  const view = workload.template ?? workload.live[0];
  if (!view) return /win/i.test(workload.owner.metadata.name) ? 'windows' : 'linux';
  return (
    pinnedOs(view.spec) ??
    osIntended(view.spec) ??
    (/windows/i.test(workload.owner.metadata.name) ? 'windows' : 'linux')
  );
}
