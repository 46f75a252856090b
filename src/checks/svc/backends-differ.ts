import type {Match} from '../../hns/cross-check.ts';
import {hnsPlace} from '../../hns/place.ts';
import {ownSlices} from '../../kube-proxy/changes.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass, ref} from '../define.ts';
import {PROXY_FIXES} from './shared/fixes.ts';
import {balancersOn, expectedName, serviceName, some, wantedBy} from './shared/naming.ts';
import type {ServiceNode} from './shared/service-node.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import type {Ages} from './shared/sighting.ts';
import {failOfService} from './shared/sighting.ts';

export default defineCheck({
  id: 'SVC003',
  name: 'backends-differ',
  severity: 'error',
  since: '0.1.0',
  title: 'Load balancers of HNS send to other endpoints than their Services have',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Compares the endpoints of each load balancer, and the port that it sends to, with the ready endpoints of its Service as kube-proxy chooses them: by readiness, internal and external traffic policy, and address family. Endpoints that end and still serve may be there or not. What refers to endpoints that HNS does not have is SVC007.',
    why: 'Connections from that node go to pods that are gone or not ready and fail by turns, or never reach some of the pods.',
    fix: [
      'Compare both sides: `kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=NAME`, and `kubectl win hns loadbalancers --node NODE`.',
      ...PROXY_FIXES,
      'On HNS 15.4 and later upgrade kube-proxy where its release notes name the fault; until then restart it after a roll-out.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/131466',
      'https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/winkernel/proxier.go',
    ],
  },
  many: (fails, subjects) =>
    `${balancersOn(fails, subjects)} send to other endpoints than they should: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      let differ = false;
      for (const match of seen.check.matches) {
        const fault = faultOf(match);
        if (!fault) continue;
        differ = true;
        yield failOf(match, fault, seen, input);
      }
      if (!differ) yield pass(seen.node);
    });
  },
});

interface Fault {
  cause: string;
  says: string;
}

/** Endpoints that are not in HNS take the places of those that are missing: SVC007 tells of them. */
function faultOf({missing, extra, dangling, wrongPort, found, expected}: Match): Fault | undefined {
  const isLost = missing.length > 0 && missing.every(m => !m.hasEndpoint && m.backend.nodeName !== undefined);
  if (extra.length > 0 || missing.length > dangling.length) {
    const lacks = missing.map(m => m.backend.ip);
    const has = extra.map(e => e.ips[0] ?? e.id);
    const parts = [
      ...(lacks.length > 0 ? [`lacks ${some(lacks)}`] : []),
      ...(has.length > 0 ? [`sends to ${some(has)}`] : []),
    ];
    const none = expected.backends.length === 0 ? ', though no endpoint is ready' : '';
    const cause = extra.length === 0 && isLost ? 'endpoints not in HNS' : 'endpoints differ';
    return {cause, says: `${parts.join(' and ')}${none}`};
  }
  if (!wrongPort) return undefined;
  return {
    cause: 'port differs',
    says: `sends to port ${found.port.internal} in place of ${some(expected.internalPorts.map(String))}`,
  };
}

function failOf({expected, found}: Match, {cause, says}: Fault, seen: ServiceNode, ages: Ages): Fail {
  const {service, key} = expected;
  const place = hnsPlace('loadbalancers', found.balancer, cause === 'port differs' ? 'ports' : 'endpoints');
  const [slice] = ownSlices(service, ages.endpointSlices);
  return failOfService(service, seen, ages, {
    cause,
    key,
    message: `The load balancer for ${expectedName(expected)} of Service ${serviceName(service)} on ${seen.node.metadata.name} ${says}`,
    evidence: [
      wantedBy(expected),
      ...(slice ? [ref(slice, '/endpoints')] : []),
      seen.at(place.file, place.pointer),
    ],
  });
}
