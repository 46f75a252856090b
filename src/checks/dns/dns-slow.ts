import {placeText} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {eachVantage, failOf, refOf} from '../net/shared/outcomes.ts';
import {NET_WANTS} from '../net/shared/seen.ts';

/**
 * After this time the resolver of Windows asks the next server
 * (https://learn.microsoft.com/troubleshoot/windows-server/networking/dns-client-resolution-timeouts).
 */
const PATIENCE_MS = 1000;
const LEAST_TRIES = 2;

export default defineCheck({
  id: 'DNS005',
  name: 'dns-slow',
  severity: 'warning',
  since: '0.1.0',
  title: 'Cluster DNS is slow',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node asks cluster DNS several times for a name that it knows, and fails where even the fastest answer takes a second: then the resolver of Windows gives up on it and asks the next server.',
    why: 'Every connection to a name begins with that wait, and programs time out.',
    fix: [
      'See whether CoreDNS is short of CPU or memory: `kubectl top pods -n kube-system -l k8s-app=kube-dns`, and give it more replicas.',
      'See where it forwards to: a slow server outside keeps its workers busy.',
    ],
    links: [
      'https://learn.microsoft.com/troubleshoot/windows-server/networking/dns-client-resolution-timeouts',
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-horizontal-autoscaling/',
    ],
  },
  many: (fails, subjects) =>
    `Cluster DNS is slow from ${count(subjects, 'node')}, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, ['dns-vip', 'dns-backend'], function* ({node, tried, seen}) {
      const slow = tried.filter(t => t.result.ok && (t.result.ms ?? 0) >= PATIENCE_MS);
      const [first] = slow.toSorted((a, b) => (b.result.ms ?? 0) - (a.result.ms ?? 0));
      // One try that took so long is one packet that was lost, and sent again.
      if (!first || slow.reduce((sum, t) => sum + t.result.tries, 0) < LEAST_TRIES) return;
      yield failOf(first, {
        subject: {kind: 'Node', name: node},
        seen,
        cause: 'slow',
        message: `${placeText(first.probe)} waits ${Math.round(first.result.ms ?? 0)} ms at best for an answer of cluster DNS ${first.probe.to.host}`,
        evidence: slow.map(refOf),
      });
    });
  },
});
