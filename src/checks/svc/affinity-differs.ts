import {hnsPlace} from '../../hns/place.ts';
import {generationGap} from '../../node/hns-objects.ts';
import {valueOn} from '../../node/on-node.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, pass, ref, skip, unknown} from '../define.ts';
import {PROXY_FIXES} from './shared/fixes.ts';
import {balancersOn, expectedName, serviceName} from './shared/naming.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import {failOfService} from './shared/sighting.ts';

/** Distributions of connections by name: five-tuple, source address and protocol, source address. */
const NAMES = ['none', 'by source address and protocol', 'by source address'];

export default defineCheck({
  id: 'SVC010',
  name: 'affinity-differs',
  severity: 'warning',
  since: '0.1.0',
  title: 'Load balancers of HNS keep sessions otherwise than their Services say',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Compares `sessionAffinity` of each Service with the distribution of its load balancers. HNS keeps sessions from version 12.0 on (Windows Server 2022); on older ones nothing is said.',
    why: 'With `ClientIP` and no affinity in HNS a client is sent to another pod with each connection, and loses a session that only one pod knows.',
    fix: [
      'Change the Service in any field, so that kube-proxy makes its load balancers anew: `kubectl annotate service -n NAMESPACE NAME refreshed=1`. Its connections may break off once.',
      ...PROXY_FIXES,
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/#load-balancing-and-services',
    ],
  },
  many: (fails, subjects) =>
    `${balancersOn(fails, subjects)} keep sessions otherwise than the Services say: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const {'node.hns': answers} = input.wants;
    yield* eachServiceNode(input, function* (seen) {
      if (seen.expectation.features.sessionAffinity !== true) {
        yield skip('HNS keeps sessions from version 12.0 on');
        return;
      }
      let differ = false;
      // v1 does not say it.
      let unsaid = false;
      for (const {expected, found} of seen.check.matches) {
        const {service, key, distribution, kind} = expected;
        const has = found.port.distribution;
        if (found.balancer.at.v2 === undefined) unsaid = true;
        if (
          found.balancer.at.v2 === undefined ||
          kind === 'HealthCheck' ||
          expected.anyBackends !== undefined ||
          has === distribution
        )
          continue;
        differ = true;
        const {file, pointer} = hnsPlace('loadbalancers', found.balancer, 'ports');
        yield failOfService(service, seen, input, {
          cause: distribution === 2 ? 'affinity missing' : 'affinity unwanted',
          key,
          message: `The load balancer for ${expectedName(expected)} of Service ${serviceName(service)} on ${seen.node.metadata.name} has affinity ${NAMES[has] ?? has}, and the Service says ${service.spec.sessionAffinity ?? 'None'}`,
          evidence: [
            ref(service, '/spec/sessionAffinity', service.spec.sessionAffinity),
            seen.at(file, pointer),
          ],
        });
      }
      if (differ) return;
      if (!unsaid) yield pass(seen.node);
      else {
        const hns = valueOn(answers, seen.node.metadata.name);
        const gap = hns && generationGap(hns, 'loadbalancers', 'v2');
        yield unknown(
          seen.node,
          'node.hns.loadbalancers',
          gap ?? missing('unsupported', 'HNS does not say how its load balancers keep sessions'),
        );
      }
    });
  },
});
