import {targetText} from '../../probes/verdict.ts';
import type {Tried} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {eachVantage, failOf} from './shared/outcomes.ts';
import {LINK_LEGS} from './shared/links.ts';
import {NET_WANTS} from './shared/seen.ts';

/** A first packet that is lost is sent again after a second (RFC 6298 §2): what takes so long was lost once. */
const RESENT_MS = 1000;
/** So slow is no way inside of a region: half the globe is about 150 ms away. */
const SLOW_MS = 150;
/** One lost packet happens; a share of this says more. */
const LOST_SHARE = 0.02;
const LEAST_LOST = 2;

export default defineCheck({
  id: 'NET012',
  name: 'latency-or-loss',
  severity: 'warning',
  since: '0.1.0',
  title: 'Connections between nodes are slow or lose packets',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'Connects several times from hosts and pods of each node to pods of others. It fails where at least two tries and two per cent of those from a node failed or took a second, which is what a lost first packet costs, while others worked; and where even the fastest try took over 150 ms. Ten tries (`--probe full`) see a loss of a few per cent, three only a great one.',
    why: 'Requests hang for a second or more now and then, and time out at random.',
    fix: [
      'See which of the two ends many lossy ways have in common: `kubectl win net matrix --probe full`.',
      'Look at the adapter, its driver and offloads (RSC, VMQ), and at the host below a virtual machine.',
    ],
    links: [
      'https://datatracker.ietf.org/doc/html/rfc6298#section-2',
      'https://learn.microsoft.com/windows-server/networking/technologies/network-subsystem/net-sub-performance-tuning-nics',
    ],
  },
  many: (fails, subjects) =>
    `${count(subjects, 'node')} ${subjects === 1 ? 'has' : 'have'} slow or lossy ways to others, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, LINK_LEGS, function* ({node, tried, seen}) {
      const working = tried.filter(t => t.result.ok);
      const tries = working.reduce((sum, t) => sum + t.result.tries, 0);
      const lossy = working.filter(t => lostOf(t) > 0);
      const lost = lossy.reduce((sum, t) => sum + lostOf(t), 0);
      const [worst] = lossy.toSorted((a, b) => lostOf(b) - lostOf(a));
      const subject = {kind: 'Node', name: node};
      if (worst && lost >= LEAST_LOST && lost / tries >= LOST_SHARE) {
        yield failOf(worst, {
          subject,
          seen,
          cause: 'loss',
          message: `${lost} of ${tries} tries from ${node} to pods of other nodes were lost, most of them to ${targetText(worst.probe.to)}`,
        });
      }
      const slow = working.filter(t => lostOf(t) === 0 && (t.result.ms ?? 0) >= SLOW_MS);
      const [slowest] = slow.toSorted((a, b) => (b.result.ms ?? 0) - (a.result.ms ?? 0));
      if (slowest) {
        yield failOf(slowest, {
          subject,
          seen,
          cause: 'latency',
          message: `${node} takes ${Math.round(slowest.result.ms ?? 0)} ms at best to connect to ${targetText(slowest.probe.to)}`,
        });
      }
    });
  },
});

/** Tries that failed; one that took as long as a second sending was lost once. */
function lostOf({result: {lost, ms = 0, slowestMs = ms}}: Tried): number {
  return lost + (slowestMs >= RESENT_MS ? 1 : 0);
}
