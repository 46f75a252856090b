import {forwardsByOvs} from '../hns/cni-network.ts';
import type {HnsNetwork} from '../hns/model.ts';
import type {Indexed} from '../node/items.ts';
import type {NodeService} from '../node/services.ts';
import {serviceNamed} from '../node/services.ts';

/** Antrea's network, which is nothing without Open vSwitch. */
const ANTREA = 'antrea-hnsnetwork';

/** What a node shows of who balances its Services; undefined where that could not be had. */
export interface DataPlane {
  networks: readonly HnsNetwork[] | undefined;
  services: readonly Indexed<NodeService>[] | undefined;
}

/**
 * Why a node's Services are not balanced by load balancers of kube-proxy in HNS: Open vSwitch (Antrea's proxy) or eBPF (AKS
 * with Cilium). Undefined where nothing shows such a data plane.
 */
export function replacementOf({networks, services}: DataPlane): string | undefined {
  const ovs = networks?.find(n => n.name === ANTREA || forwardsByOvs(n));
  if (ovs) return `Open vSwitch balances Services: it works in the HNS network ${ovs.name}`;
  const isRunning = (name: string): boolean => serviceNamed(services ?? [], name)?.state === 'Running';
  if (isRunning('wtc') || (isRunning('ebpfcore') && isRunning('xdp'))) {
    return 'eBPF for Windows balances Services (AKS with Cilium)';
  }
  return undefined;
}
