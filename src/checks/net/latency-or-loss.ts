import {targetText} from '../../probes/verdict.ts';
import type {Tried} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {eachVantage, failOf} from './shared/outcomes.ts';
import {LINK_LEGS} from './shared/links.ts';
import {NET_WANTS, seenOf} from './shared/seen.ts';

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
    what: 'Connects several times from hosts and pods of each node to pods of others. It fails where at least two tries and two per cent of those from a node, or from and to it, failed or took a second, which is what a lost first packet costs, while others worked: the worst node is told first, and what is lost there is not held against others; and where even the fastest try took over 150 ms. Ten tries (`--probe full`) see a loss of a few per cent, three only a great one.',
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
    const lossy = lossyNodes(seenOf(input).tried(...LINK_LEGS));
    yield* eachVantage(input, LINK_LEGS, function* ({node, tried, seen}) {
      const working = tried.filter(t => t.result.ok);
      const subject = {kind: 'Node', name: node};
      const loss = lossy.get(node);
      if (loss) {
        const {worst, lost, tries, way} = loss;
        yield failOf(worst, {
          subject,
          seen,
          cause: 'loss',
          message: `${lost} of ${tries} tries ${way} ${node} ${way === 'from' ? 'to' : 'and'} pods of other nodes were lost, most of them ${way === 'from' ? 'to' : 'on the way to'} ${targetText(worst.probe.to)}`,
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

/** What was lost at a node. */
interface Loss {
  readonly way: 'from' | 'between';
  readonly lost: number;
  readonly tries: number;
  /** The connection that lost most. */
  readonly worst: Tried;
}

/** Nodes that lose packets, the worst first; what one of them explains is not held against others. */
function lossyNodes(tried: readonly Tried[]): ReadonlyMap<string, Loss> {
  const links = tried.filter(t => t.result.ok && t.probe.to.node !== t.probe.from.node);
  const sent = Map.groupBy(links, t => t.probe.from.node);
  const received = Map.groupBy(links, t => t.probe.to.node ?? '');
  const sums = new Map(
    [...sent].map(([node, from]) => [node, {from: sumOf(from), to: sumOf(received.get(node))}]),
  );
  const found = new Map<string, Loss>();
  const isLeft = ({probe: {from, to}}: Tried): boolean => !found.has(from.node) && !found.has(to.node ?? '');
  for (let node = worstOf(sums); node !== undefined; node = worstOf(sums)) {
    const own = sums.get(node);
    const from = (sent.get(node) ?? []).filter(isLeft);
    const to = (received.get(node) ?? []).filter(isLeft);
    const both = [...from, ...to];
    const [worst] = both.toSorted((a, b) => lostOf(b) - lostOf(a));
    if (!own || !worst) break;
    const isBoth = own.to.lost > 0 && isLossy(added(own.from, own.to));
    found.set(node, {
      way: isBoth ? 'between' : 'from',
      ...(isBoth ? added(own.from, own.to) : own.from),
      worst,
    });
    sums.delete(node);
    for (const link of from) takeFrom(sums.get(link.probe.to.node ?? '')?.to, link);
    for (const link of to) takeFrom(sums.get(link.probe.from.node)?.from, link);
  }
  return found;
}

interface Sum {
  lost: number;
  tries: number;
}

function sumOf(links: readonly Tried[] = []): Sum {
  return links.reduce((sum, t) => added(sum, {lost: lostOf(t), tries: t.result.tries}), {lost: 0, tries: 0});
}

function added(a: Sum, b: Sum): Sum {
  return {lost: a.lost + b.lost, tries: a.tries + b.tries};
}

function takeFrom(sum: Sum | undefined, link: Tried): void {
  if (!sum) return;
  sum.lost -= lostOf(link);
  sum.tries -= link.result.tries;
}

/** The node that lost most, of those that lost more than may happen. */
function worstOf(sums: ReadonlyMap<string, {readonly from: Sum; readonly to: Sum}>): string | undefined {
  let worst: {node: string; lost: number} | undefined;
  for (const [node, {from, to}] of sums) {
    const both = added(from, to);
    const lost = isLossy(both) ? both.lost : isLossy(from) ? from.lost : 0;
    if (lost > (worst?.lost ?? 0)) worst = {node, lost};
  }
  return worst?.node;
}

function isLossy({lost, tries}: Sum): boolean {
  return lost >= LEAST_LOST && lost / tries >= LOST_SHARE;
}

/** Tries that failed; one that took as long as a second sending was lost once. */
function lostOf({result: {lost, ms = 0, slowestMs = ms}}: Tried): number {
  return lost + (slowestMs >= RESENT_MS ? 1 : 0);
}
