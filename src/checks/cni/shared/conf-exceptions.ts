import {field} from '../../../hns/values.ts';
import type {Cidr} from '../../../kube/cidr.ts';
import {holds, parseAddress, parseCidr} from '../../../kube/cidr.ts';
import type {CniConfig, NodeCni} from '../../../node/cni.ts';

/** Exceptions of the OutBoundNAT policies of one CNI configuration, and where the first of these stands. */
export interface Exceptions {
  file: string;
  pointer: string;
  cidrs: readonly Cidr[];
  /** As they are written. */
  texts: readonly string[];
  /** Whether the plug-in adds the cluster's pod network itself when it makes an endpoint. */
  addsPods: boolean;
}

/**
 * Exceptions that the configurations of a node give to every endpoint. A configuration without such a policy, or whose policy
 * lists none, says nothing: Calico and win-bridge make the list when they run.
 */
export function exceptionsOf({configs}: NodeCni): Exceptions[] {
  return configs.flatMap(config => {
    const policies = config.policies.filter(p => p.type.toLowerCase() === 'outboundnat');
    const texts = policies.flatMap(({settings}) => textsIn(field(settings, 'Exceptions')));
    const [first] = policies;
    if (!first || texts.length === 0) return [];
    return [
      {
        file: config.file,
        pointer: first.pointer,
        texts,
        cidrs: texts.flatMap(text => parseCidr(text) ?? []),
        addsPods: addsPods(config),
      },
    ];
  });
}

/** flannel adds its own network (https://github.com/flannel-io/cni-plugin/blob/main/flannel_windows.go, `updateOutboundNat`). */
function addsPods({plugins}: CniConfig): boolean {
  return plugins.some(p => p.type === 'flannel');
}

/** Addresses of IPv4 that are in none of the networks. */
export function outside<T>({cidrs}: Exceptions, items: readonly T[], addressOf: (item: T) => string): T[] {
  return items.filter(item => {
    const address = parseAddress(addressOf(item));
    return address !== undefined && !cidrs.some(c => holds(c, address));
  });
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
