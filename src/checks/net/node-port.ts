import {defineCheck} from '../define.ts';
import {isAnswered} from '../../probes/types.ts';
import type {Tried} from '../../probes/verdict.ts';
import {LINK_LEGS} from './shared/links.ts';
import {causeOf, eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import type {Seen} from './shared/seen.ts';
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
          cause: reasonOf(one, seen),
        });
      }
    });
  },
});

function reasonOf(one: Tried, seen: Seen): string {
  if (isBehind(one, seen)) return 'no answer, nor from pods of other nodes';
  return seen.hasDeadBackend(one.probe) ? 'as one of its pods' : causeOf(one);
}

/** Whether the node that was tried does not reach pods of some other node itself: it may have passed the connection on to one of them. */
function isBehind({probe: {to}, result}: Tried, seen: Seen): boolean {
  if (isAnswered(result)) return false;
  const own = seen.byNode(LINK_LEGS).get(to.node ?? '') ?? [];
  return own.some(t => !t.result.ok && !isAnswered(t.result));
}
