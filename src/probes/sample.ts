import {compareText} from '../text/compare.ts';
import {hashOf, heaviest, pairHash} from './draw.ts';

/** A member of what is sampled: a node, with what should be mixed among those chosen for one other. */
export interface Member {
  readonly name: string;
  /** Labels of operating system and zone: of each there is somebody among those chosen, as far as their number goes. */
  readonly groups: readonly string[];
}

/** A link in one direction, by the names of its ends. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** How many links each node is an end of, on average and in each direction, unless asked otherwise. */
export const DEFAULT_LINKS = 6;

/** Of the links of a node, one half is drawn for it as their end and one half as their begin, so that each node has both. */
function halves(nodes: number, perNode: number): {incoming: number; outgoing: number} {
  const others = Math.max(0, nodes - 1);
  return {
    incoming: Math.min(others, Math.ceil(perNode / 2)),
    outgoing: Math.min(others, Math.floor(perNode / 2)),
  };
}

/**
 * Chance that one broken link between two nodes, in one direction, is not tried. With m = n − 1 others, i links drawn for each
 * node as their end and o as their begin, whichever link it is: (1 − i / m) · (1 − o / m), and to the power of `rounds` where
 * each round draws anew. A node that nobody reaches, or that reaches nobody, is missed only where i, or o, is 0.
 */
export function chanceToMiss(nodes: number, perNode: number, rounds = 1): number {
  const others = nodes - 1;
  if (others <= 0) return 0;
  const {incoming, outgoing} = halves(nodes, perNode);
  return ((1 - incoming / others) * (1 - outgoing / others)) ** rounds;
}

/** The least number of links for each node by which one link is tried with at least this probability. */
export function linksFor(nodes: number, coverage: number): number {
  let perNode = 0;
  // Twice as many as there are others try everything from both ends.
  while (perNode < 2 * (nodes - 1) && 1 - chanceToMiss(nodes, perNode) < coverage) perNode++;
  return perNode;
}

/**
 * Draws links by rendezvous hashing: the same members give the same links whatever their order, and one that comes or goes
 * changes only the links that it is an end of, and those that take their place (Thaler and Ravishankar 1998). `round` draws
 * anew. Quadratic in the number of members, with a few integer operations for each pair.
 */
export function chooseLinks(
  members: readonly Member[],
  {perNode, round = 0}: {perNode: number; round?: number},
): Link[] {
  const field = fieldOf(members, round);
  const {incoming, outgoing} = halves(members.length, perNode);
  const links = new Map<string, Link>();
  for (const [i, {name}] of members.entries()) {
    for (const j of chosenFor(i, field, incoming)) add(links, {from: members[j]?.name ?? '', to: name});
    // Another seed: whom a node tries must not follow from who tries it.
    for (const j of chosenFor(i, {...field, seed: OUTGOING}, outgoing))
      add(links, {from: name, to: members[j]?.name ?? ''});
  }
  return [...links].sort(([a], [b]) => compareText(a, b)).map(([, link]) => link);
}

/** Chooses members for one thing that is none of them: an address outside. */
export function chooseFor(
  name: string,
  members: readonly Member[],
  {count, round = 0}: {count: number; round?: number},
): string[] {
  const field = fieldOf([...members, {name, groups: []}], round);
  return chosenFor(members.length, field, count).map(i => members[i]?.name ?? '');
}

const INCOMING = 0x51_ed_27_0b;
const OUTGOING = 0x2c_1b_3c_6d;

/** Members as numbers: a fleet has millions of pairs. */
interface Field {
  hashes: Uint32Array;
  members: readonly Member[];
  /** Members of each group by their number, groups by their names. */
  groups: readonly (readonly [group: string, members: readonly number[]])[];
  seed: number;
}

function fieldOf(members: readonly Member[], round: number): Field {
  const groups = new Map<string, number[]>();
  for (const [i, member] of members.entries()) {
    for (const group of member.groups) {
      const known = groups.get(group);
      if (known) known.push(i);
      else groups.set(group, [i]);
    }
  }
  return {
    hashes: Uint32Array.from(members, m => hashOf(m.name, round)),
    members,
    groups: [...groups].sort(([x], [y]) => compareText(x, y)),
    seed: INCOMING,
  };
}

/** Among so many of the best of all there is somebody of every group, but of those with few members. */
const CANDIDATES = 16;

/** The best of each group first, by the names of groups, then the best of all. */
function chosenFor(of: number, field: Field, count: number): number[] {
  if (count <= 0) return [];
  const {hashes, members, groups, seed} = field;
  const own = (hashes[of] ?? 0) ^ seed;
  const candidates = heaviest(hashes, own, Math.max(count, CANDIDATES), of);
  const first = groups.flatMap(
    ([group, ofGroup]) =>
      candidates.find(i => members[i]?.groups.includes(group)) ??
      ofGroup
        .filter(i => i !== of)
        .toSorted((x, y) => pairHash(own, hashes[y] ?? 0) - pairHash(own, hashes[x] ?? 0))
        .slice(0, 1),
  );
  return [...new Set([...first, ...candidates])].slice(0, count);
}

function add(links: Map<string, Link>, link: Link): void {
  links.set(`${link.from}\0${link.to}`, link);
}
