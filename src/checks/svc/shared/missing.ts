import type {MissingBalancer} from '../../../hns/cross-check.ts';
import {count} from '../../../text/words.ts';
import type {Fail} from '../../define.ts';
import {expectedName, serviceName, wantedBy} from './naming.ts';
import type {ServiceNode} from './service-node.ts';
import type {Ages} from './sighting.ts';
import {failOfService} from './sighting.ts';

/** The fail of a load balancer that is not there. */
export function failOfMissing(
  {expected, hasNoEndpoint}: MissingBalancer,
  seen: ServiceNode,
  ages: Ages,
): Fail {
  const {service, backends, kind, key} = expected;
  const ready = backends.filter(b => !b.optional).length;
  const {name} = seen.node.metadata;
  const why = hasNoEndpoint
    ? `: all ${count(ready, 'ready pod')} of it run there, and HNS has no endpoint for them`
    : ready === 0
      ? ''
      : `, and ${count(ready, 'ready endpoint')} to send to`;
  return failOfService(service, seen, ages, {
    cause: hasNoEndpoint ? 'pods without endpoint' : 'not there',
    key,
    message: `HNS of ${name} has no load balancer for ${expectedName(expected)} of Service ${serviceName(service)} (${kind})${why}`,
    evidence: [wantedBy(expected), seen.at(balancersFile(seen), '')],
  });
}

/** The file of HNS that has load balancers: v2's, unless only v1 answered. */
export function balancersFile({facts}: ServiceNode): string {
  const [first] = facts['node.hns.loadbalancers'];
  return first && first.at.v2 === undefined ? 'hns/v1-policylists.json' : 'hns/loadbalancers.json';
}
