import type {ExcludedRange, PortRange} from '../../src/protocol/node-facts.ts';

/** Ports that HNS reserves at once for a load balancer without DSR, or for an outbound NAT. */
export const BLOCK = 64;

/**
 * How many blocks of 64 ports still fit between those that are taken. Blocks need no alignment: Microsoft's own estimate
 * (microsoft/wcnscripts, scripts/networkhealth/checkPortExhaustion.ps1) divides each gap by 64. It is an upper bound, as what
 * HNS holds by handle is not listed anywhere; unlike that script, ranges that overlap or reach over the edge count as they lie.
 */
export function freeBlocks(
  range: PortRange,
  excluded: readonly Pick<ExcludedRange, 'start' | 'end'>[],
  used: Iterable<number>,
): number {
  const end = range.start + range.count - 1;
  const taken = [...excluded, ...Array.from(used, port => ({start: port, end: port}))];
  taken.sort((a, b) => a.start - b.start);
  let blocks = 0;
  let free = range.start;
  for (const {start, end: last} of taken) {
    blocks += blocksIn(free, Math.min(start - 1, end));
    free = Math.max(free, last + 1);
  }
  return blocks + blocksIn(free, end);
}

function blocksIn(first: number, last: number): number {
  return Math.max(0, Math.floor((last - first + 1) / BLOCK));
}
