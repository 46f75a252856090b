import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {millis} from '../snapshot/time.ts';
import type {Check, Fail, ProfileName} from './define.ts';
import type {Judgement} from './engine.ts';
import {runCheck} from './run-check.ts';
import {stateOf} from './second-look.ts';

/** What a second look is to look at. */
export interface Suspicion {
  /** Nodes that something is suspected of. */
  nodes: ReadonlySet<string>;
  /** Evidence that the checks which suspect it read. */
  keys: ReadonlySet<EvidenceKey>;
}

/** What of a judgement a second look can settle: what checks suspect of single nodes. */
export function suspicionOf({fails}: Judgement): Suspicion {
  const nodes = new Set<string>();
  const keys = new Set<EvidenceKey>();
  for (const {check, fails: said} of fails) {
    if (!isSettled(check)) continue;
    for (const fail of said) {
      const node = nodeOf(fail);
      if (fail.state !== 'suspected' || node === undefined) continue;
      nodes.add(node);
      for (const key of [...check.needs, ...check.wants]) keys.add(key);
    }
  }
  return {nodes, keys};
}

/**
 * Judges what was suspected by the second look that a Snapshot holds, by the same checks: what is there again is confirmed,
 * what is not has healed and is told no more. What the second look could not see stays suspected.
 */
export function withSecondLook(judgement: Judgement, snapshot: Snapshot, profile: ProfileName): Judgement {
  const look = evidenceOf(snapshot, 'secondLook');
  if (!look.ok) return judgement;
  const looks = {first: snapshot, second: look.value, profile};
  const fails = judgement.fails.map(({check, fails: said}) => ({
    check,
    fails: isSettled(check) ? settled(check, said, looks) : said,
  }));
  const before = judgement.counts.fail;
  const after = fails.reduce((sum, f) => sum + f.fails.length, 0);
  return {
    ...judgement,
    fails: fails.filter(f => f.fails.length > 0),
    counts: {...judgement.counts, fail: after, pass: judgement.counts.pass + before - after},
  };
}

/** A check of single nodes that looks at nodes themselves. */
function isSettled({perNode, evidence}: Check): boolean {
  return perNode === true && evidence.includes('N');
}

interface Looks {
  first: Snapshot;
  second: Snapshot;
  profile: ProfileName;
}

function settled(check: Check, said: readonly Fail[], {first, second, profile}: Looks): Fail[] {
  const at = millis(first.source.collectedAt) ?? 0;
  const again = millis(second.source.collectedAt) ?? 0;
  const seen = new Map<string, ReadonlySet<string> | undefined>();
  const seenOn = (node: string): ReadonlySet<string> | undefined => {
    if (!seen.has(node)) {
      const {fails, gaps} = runCheck(second, check, {profile, only: node});
      seen.set(node, gaps.length > 0 && fails.length === 0 ? undefined : new Set(fails.flatMap(keysOf)));
    }
    return seen.get(node);
  };
  return said.flatMap(fail => {
    const node = nodeOf(fail);
    const found = fail.state === 'suspected' && node !== undefined ? seenOn(node) : undefined;
    if (!found) return [fail];
    const state = stateOf({at, second: {at: again, seen: keysOf(fail).some(key => found.has(key))}});
    if (state === 'gone') return [];
    return [{...(state === 'confirmed' ? left(fail, check, found) : fail), state}];
  });
}

/** Of a fail that tells of many things what of them was there again. */
function left(fail: Fail, {retell}: Check, found: ReadonlySet<string>): Fail {
  const parts = fail.parts?.filter(part => found.has(keyOf(fail, part.key)));
  if (!parts || !retell || parts.length === fail.parts?.length) return fail;
  return {...fail, parts, message: retell(fail, parts), evidence: parts.flatMap(part => part.evidence)};
}

/** The node that a fail is of; where it does not say so, that of a file which proves it. */
function nodeOf({node, evidence}: Fail): string | undefined {
  return node ?? evidence.flatMap(ref => ('node' in ref ? [ref.node] : []))[0];
}

/** What makes a fault the same one in another look: one key, or one for each of the things that it tells of. */
function keysOf(fail: Fail): string[] {
  return fail.parts ? fail.parts.map(part => keyOf(fail, part.key)) : [keyOf(fail, fail.key)];
}

function keyOf({subject: {kind, namespace = '', name}, cause}: Fail, key = ''): string {
  return [kind, namespace, name, cause, key].join('\0');
}
