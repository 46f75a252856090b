import {familyOf} from '../kube-proxy/family.ts';
import {keyOf} from '../kube-proxy/load-balancer.ts';
import type {HnsLoadBalancer, HnsPortMapping} from './model.ts';
import {once} from '../once/once.ts';

/** One address and port that HNS balances. A load balancer of kube-proxy has one; others may have more. */
export interface FoundFrontend {
  readonly balancer: HnsLoadBalancer;
  readonly port: HnsPortMapping;
  /** Empty for a node port. */
  readonly vip: string;
}

type Frontends = ReadonlyMap<string, readonly FoundFrontend[]>;

/**
 * Everything that the load balancers of a node answer for, by the key that HNS takes once (`keyOf`). Several checks ask: it is
 * made once for a list.
 */
export const frontendsByKey = once((balancers: readonly HnsLoadBalancer[]): Frontends => {
  const found = new Map<string, FoundFrontend[]>();
  for (const balancer of balancers) {
    const vips = balancer.vips.length > 0 ? balancer.vips : [''];
    for (const vip of vips) {
      for (const port of balancer.ports) {
        const frontend = {balancer, port, vip};
        const key = keyOfFound(found, frontend);
        const same = found.get(key);
        if (same) same.push(frontend);
        else found.set(key, [frontend]);
      }
    }
  }
  return found;
});

function keyOfFound(found: Frontends, {balancer, port, vip}: FoundFrontend): string {
  const {protocol, external} = port;
  const family = vip === '' ? (balancer.ipv6 ? 'IPv6' : 'IPv4') : familyOf(vip);
  const key = keyOf({vip, family, protocol, port: external});
  // v1 does not say the family of a node port, of which a node of both families has two.
  if (vip !== '' || balancer.at.v2 !== undefined || !found.has(key)) return key;
  return keyOf({vip, family: 'IPv6', protocol, port: external});
}
