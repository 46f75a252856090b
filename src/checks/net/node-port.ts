import {defineCheck} from '../define.ts';
import {eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET005',
  name: 'node-port',
  severity: 'error',
  since: '0.1.0',
  title: 'Node ports do not answer',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From another node, a Linux one where there is one, connects to the node port of Services at the address of each node. Services whose traffic policy is Local are tried only on nodes that have a pod of theirs.',
    why: 'Load balancers and clients outside of the cluster that send to that node get no answer.',
    fix: [
      'See the load balancers of the Service in HNS: `kubectl win hns loadbalancers --service NS/NAME --node NODE`.',
      'Let the range 30000-32767 through the firewalls of the node and of its network.',
      'Restart kube-proxy on that node: it makes its load balancers anew, and until then all Services fail there.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport',
      'https://kubernetes.io/docs/concepts/windows/user-guide/',
    ],
  },
  many: summedUp('Service'),
  *run(input) {
    yield* eachVantage(input, ['node-port'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.ok) continue;
        yield failOf(one, {
          subject: targetSubject(one),
          seen,
          node: one.probe.to.node ?? one.probe.from.node,
        });
      }
    });
  },
});
