import type {Probe, ProbePlan, ProbeResult} from './types.ts';
import {hasFailed, isAnswered} from './types.ts';

/** What the connections of a fault have in common, where others get through: that they begin in pods, or on hosts, or their family. */
export type LinkPart = 'pods' | 'hosts' | 'IPv4' | 'IPv6';
const PARTS: readonly LinkPart[] = ['pods', 'hosts', 'IPv4', 'IPv6'];

/** What many failed connections between nodes have in common. */
export type LinkFault =
  | {
      readonly kind: 'isolated' | 'receives-nothing' | 'sends-nothing';
      readonly node: string;
      readonly probes: readonly string[];
      readonly only?: LinkPart;
    }
  | {
      readonly kind: 'group-isolated' | 'group-receives-nothing' | 'group-sends-nothing';
      /** A zone or a rack, of three or more. */
      readonly group: string;
      /** Of its nodes those that were tried. */
      readonly nodes: readonly string[];
      readonly probes: readonly string[];
      readonly only?: LinkPart;
    }
  | {
      readonly kind: 'between-groups';
      readonly from: string;
      readonly to: string;
      readonly probes: readonly string[];
      readonly only?: LinkPart;
    }
  | {readonly kind: 'link'; readonly from: string; readonly to: string; readonly probes: readonly string[]};

/** A connection between two nodes that was tried. */
interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly failed: boolean;
  readonly parts: readonly LinkPart[];
}

/** Fewer connections than this say nothing of a node: it may be the link. */
const MIN_TRIED = 2;

/**
 * Names the least that explains every failed connection between nodes: groups of nodes that are cut off (zones, racks) or do not
 * reach one another (operating systems, too), then single nodes, the worst first, then links. What one of them explains is not held
 * against others. `expected` are probes that say nothing, as a policy forbids them.
 */
export function linkFaults(
  plan: ProbePlan,
  results: readonly ProbeResult[],
  groupings: readonly ((node: string) => string | undefined)[] = [],
  expected: ReadonlySet<string> = new Set(),
): LinkFault[] {
  const rest = new Set(linksOf(plan, results, expected));
  const faults: LinkFault[] = takeFaults(rest, groupings);
  for (const only of PARTS) {
    const own = new Set([...rest].filter(l => l.parts.includes(only)));
    for (const fault of takeFaults(own, groupings)) {
      faults.push({...fault, only});
      const probes = new Set(fault.probes);
      for (const link of rest) if (probes.has(link.id)) rest.delete(link);
    }
  }
  const failed = [...rest].filter(l => l.failed);
  for (const [, links] of Map.groupBy(failed, l => `${l.from}\0${l.to}`)) {
    const [first] = links;
    if (first) faults.push({kind: 'link', from: first.from, to: first.to, probes: links.map(l => l.id)});
  }
  return faults;
}

type WideFault = Exclude<LinkFault, {kind: 'link'}>;

/** Groups, then nodes, the worst first; what they explain is taken out. */
function takeFaults(
  rest: Set<Link>,
  groupings: readonly ((node: string) => string | undefined)[],
): WideFault[] {
  const faults: WideFault[] = [];
  for (const groupOf of groupings) faults.push(...takeCutGroups(rest, groupOf), ...takeGroups(rest, groupOf));
  for (let worst = worstNode(rest); worst; worst = worstNode(rest)) {
    faults.push(worst.fault);
    for (const link of worst.links) rest.delete(link);
  }
  return faults;
}

function linksOf(
  {probes}: ProbePlan,
  results: readonly ProbeResult[],
  expected: ReadonlySet<string>,
): Link[] {
  const byProbe = new Map(results.map(r => [r.probe, r]));
  return probes.filter(isBetweenNodes).flatMap(probe => {
    const result = byProbe.get(probe.id);
    if (!result || (!result.ok && !hasFailed(result)) || expected.has(probe.id)) return [];
    const failed = !result.ok && !isAnswered(result);
    return [
      {
        id: probe.id,
        from: probe.from.node,
        to: probe.to.node ?? '',
        failed,
        parts: [probe.from.pod ? 'pods' : 'hosts', probe.to.host.includes(':') ? 'IPv6' : 'IPv4'],
      },
    ];
  });
}

function isBetweenNodes({leg, from, to}: Probe): boolean {
  return (
    (leg === 'node-to-pod' || leg === 'pod-other-node') && to.node !== undefined && to.node !== from.node
  );
}

/** Groups, of several nodes each, that reach none of several others, are reached by none of them, or both; the worst first. */
function takeCutGroups(rest: Set<Link>, groupOf: (node: string) => string | undefined): WideFault[] {
  const faults: WideFault[] = [];
  for (let worst = worstGroup(rest, groupOf); worst; worst = worstGroup(rest, groupOf)) {
    faults.push(worst.fault);
    for (const link of worst.links) rest.delete(link);
  }
  return faults;
}

function worstGroup(
  rest: ReadonlySet<Link>,
  groupOf: (node: string) => string | undefined,
): {fault: WideFault; links: readonly Link[]} | undefined {
  const across = [...rest].filter(l => groupOf(l.from) !== groupOf(l.to));
  const [sent, received] = (['from', 'to'] as const).map(end => Map.groupBy(across, l => groupOf(l[end])));
  let worst: {fault: WideFault; links: readonly Link[]} | undefined;
  for (const group of new Set(across.flatMap(l => [groupOf(l.from), groupOf(l.to)]))) {
    if (group === undefined) continue;
    const out = allCut(sent?.get(group), 'from', groupOf);
    const into = allCut(received?.get(group), 'to', groupOf);
    const inside = [...rest].filter(l => groupOf(l.from) === group && groupOf(l.to) === group);
    const isBoth = out.length > 0 && into.length > 0;
    // What fails inside as well has the same cause.
    const links = [...out, ...into, ...(isBoth && inside.every(l => l.failed) ? inside : [])];
    if (links.length <= (worst?.links.length ?? 0)) continue;
    const kind = isBoth
      ? 'group-isolated'
      : into.length > 0
        ? 'group-receives-nothing'
        : 'group-sends-nothing';
    const nodes = new Set(links.flatMap(l => [l.from, l.to]).filter(n => groupOf(n) === group));
    worst = {fault: {kind, group, nodes: [...nodes].sort(), probes: links.map(l => l.id)}, links};
  }
  return worst;
}

/** The links of a group in one direction, where all failed, of several nodes with several other groups. */
function allCut(
  links: readonly Link[] = [],
  own: 'from' | 'to',
  groupOf: (node: string) => string | undefined,
): readonly Link[] {
  if (links.some(l => !l.failed)) return [];
  const other = own === 'from' ? 'to' : 'from';
  const isWide =
    new Set(links.map(l => l[own])).size >= MIN_TRIED &&
    new Set(links.map(l => groupOf(l[other]))).size >= MIN_TRIED;
  return isWide ? links : [];
}

/** Ordered pairs of groups, of several nodes each, between which nothing works. */
function takeGroups(rest: Set<Link>, groupOf: (node: string) => string | undefined): WideFault[] {
  const pairs = Map.groupBy(rest, l => `${groupOf(l.from) ?? ''}\0${groupOf(l.to) ?? ''}`);
  const faults: WideFault[] = [];
  for (const links of pairs.values()) {
    const [first] = links;
    const [from, to] = [first && groupOf(first.from), first && groupOf(first.to)];
    const isWide = [links.map(l => l.from), links.map(l => l.to)].every(
      nodes => new Set(nodes).size >= MIN_TRIED,
    );
    if (from === undefined || to === undefined || from === to || !isWide || links.some(l => !l.failed))
      continue;
    faults.push({kind: 'between-groups', from, to, probes: links.map(l => l.id)});
    for (const link of links) rest.delete(link);
  }
  return faults;
}

/** The node that explains most: everything that it sends, receives, or both, fails. */
function worstNode(rest: ReadonlySet<Link>): {fault: WideFault; links: readonly Link[]} | undefined {
  const sent = Map.groupBy(rest, l => l.from);
  const received = Map.groupBy(rest, l => l.to);
  let worst: {fault: WideFault; links: readonly Link[]} | undefined;
  for (const node of new Set([...sent.keys(), ...received.keys()])) {
    const [out, into] = [allFailed(sent.get(node)), allFailed(received.get(node))];
    const links = [...out, ...into];
    if (links.length < MIN_TRIED || links.length <= (worst?.links.length ?? 0)) continue;
    const kind =
      out.length > 0 && into.length > 0 ? 'isolated' : into.length > 0 ? 'receives-nothing' : 'sends-nothing';
    worst = {fault: {kind, node, probes: links.map(l => l.id)}, links};
  }
  return worst;
}

function allFailed(links: readonly Link[] | undefined): readonly Link[] {
  return links && links.length >= MIN_TRIED && links.every(l => l.failed) ? links : [];
}
