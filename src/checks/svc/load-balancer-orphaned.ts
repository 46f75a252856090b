import type {FoundFrontend} from '../../hns/found-load-balancers.ts';
import {hnsPlace} from '../../hns/place.ts';
import {ipKey} from '../../kube/ip.ts';
import type {Service} from '../../kube/types.ts';
import {count} from '../../text/words.ts';
import {defineCheck, pass} from '../define.ts';
import {DRAIN_FIX, PROXY_FIXES} from './shared/fixes.ts';
import {foundName, nodesWithCounts, serviceName} from './shared/naming.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import {failOfNode} from './shared/sighting.ts';
import {once} from '../../once/once.ts';

export default defineCheck({
  id: 'SVC002',
  name: 'load-balancer-orphaned',
  severity: 'warning',
  since: '0.1.0',
  title: 'HNS has load balancers that no Service wants',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Looks for a Service behind each load balancer of HNS, by address, protocol and port. Where kube-proxy runs all of them are its own, as it deletes those of others when it starts. Suspected at first sight, as kube-proxy may be about to delete it.',
    why: 'The address may be given to another Service, whose load balancer HNS then refuses (0x803b0013) or mixes up with the old one. Each that is not DSR also holds 64 ports of the node.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/112836',
      'https://github.com/kubernetes/kubernetes/issues/137530',
    ],
  },
  many: fails =>
    `HNS has ${count(fails.length, 'load balancer')} that no Service wants on ${nodesWithCounts(fails)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const owners = ownersByAddress(input.services);
    yield* eachServiceNode(input, function* (seen) {
      const {orphaned} = seen.check;
      for (const found of orphaned) {
        const {file, pointer} = hnsPlace('loadbalancers', found.balancer);
        const name = foundName(found);
        yield failOfNode(seen, input, {
          cause: 'no Service',
          key: name,
          message: `HNS of ${seen.node.metadata.name} has a load balancer for ${name}, which ${whose(found, owners)}`,
          evidence: [seen.at(file, pointer)],
        });
      }
      if (orphaned.length === 0) yield pass(seen.node);
    });
  },
});

const ownersByAddress = once((services: readonly Service[]): ReadonlyMap<string, Service> => {
  const index = new Map<string, Service>();
  for (const service of services) {
    const {clusterIP, clusterIPs = [], externalIPs = []} = service.spec;
    const ingress = service.status.loadBalancer?.ingress?.map(i => i.ip) ?? [];
    for (const ip of [clusterIP, ...clusterIPs, ...externalIPs, ...ingress]) {
      if (ip && ip !== 'None') index.set(ipKey(ip), service);
    }
  }
  return index;
});

function whose({vip}: FoundFrontend, owners: ReadonlyMap<string, Service>): string {
  if (vip === '') return 'is the node port of no Service';
  const owner = owners.get(ipKey(vip));
  return owner
    ? `is no port of Service ${serviceName(owner)} with this address`
    : 'is the address of no Service';
}
