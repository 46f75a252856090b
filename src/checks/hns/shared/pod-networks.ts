import type {HnsPlugin, NamedNetwork} from '../../../hns/cni-network.ts';
import {activeCni, bearsName, namedNetworks, pluginOf} from '../../../hns/cni-network.ts';
import type {HnsNetwork} from '../../../hns/model.ts';
import type {CniConfig, NodeCni} from '../../../node/cni.ts';

/** Networks of a node that pods and Services need. */
export interface PodNetworks {
  /** What CNI and kube-proxy look for. */
  readonly named: readonly NamedNetwork[];
  /** What HNS has of that. */
  readonly networks: readonly HnsNetwork[];
  /** The CNI configuration in force, and the plug-in that it calls. */
  readonly config: CniConfig | undefined;
  readonly plugin: HnsPlugin | undefined;
}

/** Finds the networks of a node that CNI and kube-proxy name. */
export function podNetworks(
  networks: readonly HnsNetwork[],
  cni: NodeCni,
  kubeProxyNetwork: string | undefined,
): PodNetworks {
  const named = namedNetworks(cni, kubeProxyNetwork);
  const config = activeCni(cni);
  return {
    named,
    networks: networks.filter(network => named.some(name => bearsName(network, name))),
    config,
    plugin: config && pluginOf(config),
  };
}
