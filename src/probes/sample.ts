import {compareText} from '../text/compare.ts';
import {hashOf, heaviest, pairHash} from './draw.ts';

/** A member of what is sampled: a node, with what should be mixed among those chosen. */
export interface Member {
  readonly name: string;
  /** Its operating system, then its zone. */
  readonly groups: readonly string[];
}

/** A link in one direction, by the names of its ends. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** How many others each node tries, and by how many it is tried. */
export interface Reach {
  /** Of all nodes. */
  readonly all: number;
  /** Besides, of its own operating system: three Windows nodes among a thousand others still try one another. */
  readonly own: number;
}

/** Six links of each node in either direction, unless asked otherwise. */
export const DEFAULT_REACH: Reach = {all: 4, own: 2};

/** Chance that one broken link between two nodes, in one direction, is not among so many that are tried. */
export function chanceToMiss(nodes: number, links: number): number {
  const pairs = nodes * (nodes - 1);
  return pairs <= 0 ? 0 : 1 - links / pairs;
}

/** The least reach with which any one link, whichever it is, is tried with at least this probability. */
export function reachFor(nodes: number, coverage: number): Reach {
  return {...DEFAULT_REACH, all: Math.max(0, Math.ceil(coverage * (nodes - 1)))};
}

/**
 * Draws links on rings: members stand in the order of their hashes, and each tries those that come next, once among all, once among
 * its own operating system. So nobody tries, or is tried by, more than `reach` says, every link of a ring is as likely as any
 * other, and the same members give the same links whatever their order. One that comes or goes changes only its own links and those
 * of the few before it (consistent hashing, Karger et al. 1997). Rendezvous hashing is as steady, but bounds nobody's share, and
 * hashes every pair. `round` draws anew.
 */
export function chooseLinks(members: readonly Member[], {all, own}: Reach, round = 0): Link[] {
  const kinds = [...Map.groupBy(members, m => m.groups[0] ?? '')].sort(([a], [b]) => compareText(a, b));
  const drawn = [
    ...ringLinks(members, all, ALL ^ round),
    // Other hashes: who stands next among all should not stand next again.
    ...kinds.flatMap(([, ofKind]) => ringLinks(ofKind, own, OWN ^ round)),
  ];
  return [...new Map(drawn.map(link => [`${link.from}\0${link.to}`, link])).values()];
}

const ALL = 0x51_ed_27_0b;
const OWN = 0x2c_1b_3c_6d;

function ringLinks(members: readonly Member[], reach: number, seed: number): Link[] {
  const ring = members
    .map(({name}) => ({name, hash: hashOf(name, seed)}))
    .sort((a, b) => a.hash - b.hash || compareText(a.name, b.name));
  const steps = Math.min(reach, ring.length - 1);
  const links: Link[] = [];
  for (const [at, {name: from}] of ring.entries()) {
    for (let step = 1; step <= steps; step++)
      links.push({from, to: ring[(at + step) % ring.length]?.name ?? ''});
  }
  return links;
}

/** Among so many of the best of all there is somebody of every group, but of those with few members. */
const CANDIDATES = 16;

/** Chooses members for one thing that is none of them, an address outside: of every group somebody, as far as their number goes. */
export function chooseFor(
  name: string,
  members: readonly Member[],
  {count, round = 0}: {count: number; round?: number},
): string[] {
  if (count <= 0) return [];
  const hashes = Uint32Array.from(members, m => hashOf(m.name, round));
  const own = hashOf(name, round);
  const candidates = heaviest(hashes, own, Math.max(count, CANDIDATES));
  const groups = [...new Set(members.flatMap(m => m.groups))].sort(compareText);
  const first = groups.flatMap(group => {
    const isOf = (i: number): boolean => members[i]?.groups.includes(group) ?? false;
    const best = candidates.find(isOf);
    if (best !== undefined) return [best];
    return [...members.keys()]
      .filter(isOf)
      .toSorted((a, b) => pairHash(own, hashes[b] ?? 0) - pairHash(own, hashes[a] ?? 0))
      .slice(0, 1);
  });
  return [...new Set([...first, ...candidates])].slice(0, count).map(i => members[i]?.name ?? '');
}
