import type {Fail} from '../checks/define.ts';
import type {FindingGroup} from '../report/group.ts';
import type {Finding} from '../report/report.ts';
import {EDGES} from './graph.ts';
import type {Edge, Join} from './edge.ts';

/** Attaches `causedBy` along the declared graph. The groups themselves are left as they are. */
export function attachCauses(groups: readonly FindingGroup[], edges: readonly Edge[] = EDGES): Finding[] {
  const byId = Map.groupBy(groups, g => g.finding.id);
  const links = new Map<FindingGroup, FindingGroup[]>();
  for (const group of groups) {
    const candidates = edges
      .filter(e => applies(e, group))
      .flatMap(e =>
        (byId.get(e.cause) ?? [])
          .filter(c => c !== group && leads(e, c))
          .map(c => ({group: c, join: e.join})),
      );
    const covering = candidates.filter(c => group.fails.some(f => meets(f, c.group, c.join)));
    const explained = group.fails.every(f => covering.some(c => meets(f, c.group, c.join)));
    if (explained && covering.length > 0) links.set(group, [...new Set(covering.map(c => c.group))]);
  }
  return groups.map(group => ({
    ...group.finding,
    causedBy: (links.get(group) ?? [])
      .filter(cause => !reaches(links, cause, group))
      .map(cause => cause.finding.fingerprint)
      .sort(),
  }));
}

function applies({effects, only}: Edge, {finding, fails}: FindingGroup): boolean {
  // All fails of a finding have one cause.
  return effects.includes(finding.id) && (!only || only.includes(fails[0]?.cause ?? ''));
}

function leads({given}: Edge, {fails}: FindingGroup): boolean {
  return !given || given.includes(fails[0]?.cause ?? '');
}

/** Whether `from` is itself explained, directly or not, by `target`: then the edge back would close a circle. */
function reaches(
  links: Map<FindingGroup, FindingGroup[]>,
  from: FindingGroup,
  target: FindingGroup,
): boolean {
  const seen = new Set<FindingGroup>();
  const queue = [from];
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (next === target) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...(links.get(next) ?? []));
  }
  return false;
}

function meets(effect: Fail, cause: FindingGroup, join: Join): boolean {
  if (join === 'cluster') return true;
  const key = keyOf(effect, join);
  return key !== undefined && keysOf(cause, join).has(key);
}

const keySets = new WeakMap<FindingGroup, Map<Join, Set<string>>>();

function keysOf(group: FindingGroup, join: Join): Set<string> {
  let sets = keySets.get(group);
  if (!sets) keySets.set(group, (sets = new Map()));
  let keys = sets.get(join);
  if (!keys) {
    keys = new Set(group.fails.map(f => keyOf(f, join)).filter(k => k !== undefined));
    sets.set(join, keys);
  }
  return keys;
}

function keyOf(fail: Fail, join: Exclude<Join, 'cluster'> | Join): string | undefined {
  const {kind, namespace, name} = fail.subject;
  if (join === 'node') return fail.node;
  if (join === 'workload') return fail.workload;
  return `${kind}/${namespace ?? ''}/${name}`;
}
