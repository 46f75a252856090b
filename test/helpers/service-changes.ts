import type {TestCluster} from './cluster.ts';
import {healthyWithAgents} from './cluster.ts';
import type {Json, Raw} from './raw.ts';
import {service} from './raw.ts';

/** Load balancers of `win-1` in the answers of both generations of HNS. */
const FILES = ['hns/loadbalancers.json', 'hns/v1-policylists.json'] as const;

/** Whether an object of either generation is the load balancer of an address, port and protocol. */
export function isBalancer(vip: string, port: number, protocol = 6): (raw: Json) => boolean {
  return raw => {
    const [mapping] = raw.PortMappings ?? raw.Policies;
    const vips: string[] = raw.FrontendVIPs ?? mapping.VIPs;
    return (
      (vip === '' ? vips.length === 0 : vips.includes(vip)) &&
      mapping.ExternalPort === port &&
      mapping.Protocol === protocol
    );
  };
}

/** The healthy cluster with the load balancers that HNS of `win-1` has changed: in both answers alike. */
export function balancersOf(
  edit: (balancers: Json[]) => Json[],
  cluster: TestCluster = healthyWithAgents(),
): TestCluster {
  return cluster.onNode('win-1', node => {
    for (const file of FILES) node.set(file, edit(node.get(file)));
  });
}

/** Without some of them. */
export function withoutBalancers(is: (raw: Json) => boolean, cluster?: TestCluster): TestCluster {
  return balancersOf(all => all.filter(raw => !is(raw)), cluster);
}

/** One of them changed, in both answers. */
export function changedBalancer(
  is: (raw: Json) => boolean,
  edit: (raw: Json) => void,
  cluster?: TestCluster,
): TestCluster {
  return balancersOf(all => {
    for (const raw of all) if (is(raw)) edit(raw);
    return all;
  }, cluster);
}

/** A Service of `shop` over its two pods, as `shop/web` is, under a name and address of its own. */
export function moreService(
  name: string,
  clusterIP: string,
  edit: (service: Json) => void = () => {},
): Raw[] {
  const pods = ['web-0', 'web-1'].map(pod => healthyWithAgents().get('Pod', `shop/${pod}`));
  const [made, slice] = service({namespace: 'shop', name}, clusterIP, 80, pods);
  if (!made || !slice) throw new Error('a Service has a slice');
  edit(made);
  return [made, slice];
}
