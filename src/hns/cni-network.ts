import type {CniConfig, NodeCni} from '../node/cni.ts';
import {compareText} from '../text/compare.ts';
import type {HnsNetwork} from './model.ts';

/** Plug-ins that make HNS networks; `windows` are Microsoft's own and those of containernetworking. */
export type HnsPlugin =
  | 'flannel'
  | 'calico'
  | 'azure'
  | 'antrea'
  | 'aws-vpc'
  | 'ovn-hybrid'
  | 'windows'
  | 'other';

/** A network that CNI or kube-proxy looks for in HNS. */
export interface NamedNetwork {
  /** Its name, or with a `*` at the end what it begins with. */
  readonly name: string;
  readonly by: 'cni' | 'kube-proxy';
  /** The configuration that names it (`cni/10-flannel.conflist`); none where kube-proxy does. */
  readonly file?: string;
}

/** Programs of plug-ins (`type` in the configuration), lower case. */
const PLUGINS: ReadonlyMap<string, HnsPlugin> = new Map([
  ['flannel', 'flannel'],
  ['calico', 'calico'],
  ['azure-vnet', 'azure'],
  ['azure-cns', 'azure'],
  ['antrea', 'antrea'],
  ['vpc-bridge', 'aws-vpc'],
  ['vpc-shared-eni', 'aws-vpc'],
  ['ovn-k8s-cni-overlay', 'ovn-hybrid'],
  ['sdnbridge', 'windows'],
  ['sdnoverlay', 'windows'],
  ['win-bridge', 'windows'],
  ['win-overlay', 'windows'],
  ['l2bridge', 'windows'],
  ['l2tunnel', 'windows'],
  ['overlay', 'windows'],
  ['nat', 'windows'],
]);

/** Networks whose names are not those of their configurations. */
const OTHER_NAMES: Readonly<Partial<Record<HnsPlugin, string>>> = {
  antrea: 'antrea-hnsnetwork',
  // Followed by the MAC address of the network interface.
  'aws-vpc': 'vpcbr*',
};

/** Open vSwitch Extension. Names of extensions are localised. */
const OVS = '583cc151-73ec-4a6a-8b47-578297ad7623';

/**
 * The configuration that containerd takes: the first by name that is valid
 * (https://github.com/containerd/go-cni/blob/main/opts.go); undefined where none is.
 */
export function activeCni({configs}: NodeCni): CniConfig | undefined {
  return configs
    .filter(config => config.problem === undefined)
    .sort((a, b) => compareText(a.file, b.file))[0];
}

/** The plug-in that a configuration calls; of a list, the first that makes networks. */
export function pluginOf({name, plugins}: CniConfig): HnsPlugin {
  // OVN-Kubernetes uses win-overlay under a name of its own.
  if (name?.includes('OVNKubernetesHybridOverlay') === true) return 'ovn-hybrid';
  return plugins.map(p => PLUGINS.get(p.type.toLowerCase())).find(p => p !== undefined) ?? 'other';
}

/**
 * Networks that must be there for pods and Services: the one of the active configuration, and the one that kube-proxy serves
 * (`--network-name`, `KUBE_NETWORK`), which mostly are the same.
 */
export function namedNetworks(
  cni: NodeCni | undefined,
  kubeProxyNetwork: string | undefined,
): NamedNetwork[] {
  const config = cni && activeCni(cni);
  const plugin = config && pluginOf(config);
  const ofCni = config && plugin && nameFor(plugin, config);
  const proxy = kubeProxyNetwork?.replace(/\.\*$/, '*');
  return [
    ...(config && ofCni !== undefined && plugin !== 'other'
      ? [{name: ofCni, by: 'cni', file: config.file} as const]
      : []),
    ...(proxy === undefined || proxy === '' || proxy === ofCni
      ? []
      : [{name: proxy, by: 'kube-proxy'} as const]),
  ];
}

function nameFor(plugin: HnsPlugin, {name}: CniConfig): string | undefined {
  // With several tenants `azure-vlan<id>-<subnet>` (Azure/azure-container-networking, cni/network/network_windows.go).
  if (plugin === 'azure' && name !== undefined) return `${name}*`;
  return OTHER_NAMES[plugin] ?? name;
}

/** Whether a network has a name that CNI or kube-proxy looks for. */
export function bearsName(network: HnsNetwork, {name}: NamedNetwork): boolean {
  const own = network.name.toLowerCase();
  const wanted = name.toLowerCase();
  return wanted.endsWith('*') ? own.startsWith(wanted.slice(0, -1)) : own === wanted;
}

/** Whether pods on other nodes are reached in VXLAN. */
export function isOverlay({type}: HnsNetwork): boolean {
  return type === 'overlay';
}

/** Whether Open vSwitch forwards the packets of a network, in place of VFP. */
export function forwardsByOvs({extensions}: HnsNetwork): boolean {
  return extensions.some(e => e.id === OVS && e.enabled);
}
