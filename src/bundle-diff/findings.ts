import type {Severity, Subject} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {MAX_SUBJECTS} from '../checks/gaps.ts';
import {groupFails, subjectKey} from '../report/group.ts';
import type {FindingGroup} from '../report/group.ts';
import type {Locate} from '../report/locate.ts';
import {compareText} from '../text/compare.ts';
import type {FindingChange} from './change.ts';

const RANK: Record<Severity, number> = {info: 0, warning: 1, error: 2};
const ORDER: readonly FindingChange['change'][] = ['new', 'worse', 'still', 'unseen', 'better', 'gone'];

/** A subject of a finding, and the node on which it was seen. */
interface Seen {
  readonly subject: Subject;
  readonly node: string | undefined;
}

/** What a check could not judge. */
interface Unjudged {
  readonly isAll: boolean;
  readonly subjects: ReadonlySet<string>;
  /** How many more subjects there are that are not listed. */
  readonly others: number;
}

/** What was found in one capture, and what could not be judged in it. */
export interface Found {
  /** By fingerprint, with all subjects. */
  readonly findings: ReadonlyMap<string, Pick<FindingGroup, 'finding'> & {subjects: Map<string, Seen>}>;
  /** By the check's id. */
  readonly unjudged: ReadonlyMap<string, Unjudged>;
}

/** What a judgement comes to, with all subjects. */
export function foundIn(judgement: Judgement, locate: Locate): Found {
  const gaps = Map.groupBy(judgement.gaps, ({id}) => id);
  return {
    findings: new Map(
      groupFails(judgement, locate).map(({finding, fails}) => [
        finding.fingerprint,
        {finding, subjects: new Map(fails.map(({subject, node}) => [subjectKey(subject), {subject, node}]))},
      ]),
    ),
    unjudged: new Map(
      [...gaps].map(([id, all]) => [
        id,
        {
          isAll: all.some(({subjectCount}) => subjectCount === 0),
          subjects: new Set(all.flatMap(({subjects}) => subjects.map(subjectKey))),
          others: all.reduce((sum, {subjects, subjectCount}) => sum + subjectCount - subjects.length, 0),
        },
      ]),
    ),
  };
}

/** What became of each finding: new ones first, then by severity and how many subjects. */
export function findingChanges(before: Found, after: Found): FindingChange[] {
  const prints = new Set([...before.findings.keys(), ...after.findings.keys()]);
  return [...prints]
    .flatMap(print => changeOf(before.findings.get(print), after.findings.get(print), after.unjudged) ?? [])
    .sort(compareChanges);
}

type One = Found['findings'] extends ReadonlyMap<string, infer T> ? T : never;

function changeOf(
  was: One | undefined,
  is: One | undefined,
  unjudged: Found['unjudged'],
): FindingChange | undefined {
  const told = (is ?? was)?.finding;
  if (!told) return undefined;
  const {id, fingerprint, severity, title, message} = told;
  const [old, now] = [was?.subjects ?? new Map<string, Seen>(), is?.subjects ?? new Map<string, Seen>()];
  const added = missingFrom(old, now);
  const removed = missingFrom(now, old);
  const unseen = unseenOf(removed, unjudged.get(id));
  return {
    change: wordFor(was, is, unseen),
    id,
    fingerprint,
    severity,
    title,
    message,
    before: old.size,
    after: now.size,
    added: subjectsOf(added),
    addedCount: added.length,
    removed: subjectsOf(removed),
    removedCount: removed.length,
    unseenCount: unseen,
  };
}

/** Of how many that it has no more nothing is known: the check could not judge them. */
function unseenOf(removed: readonly Seen[], unjudged: Unjudged | undefined): number {
  if (!unjudged) return 0;
  const {isAll, subjects, others} = unjudged;
  if (isAll) return removed.length;
  const known = removed.filter(
    ({subject, node}) =>
      subjects.has(subjectKey(subject)) ||
      (node !== undefined && subjects.has(subjectKey({kind: 'Node', name: node}))),
  ).length;
  return Math.min(removed.length, known + others);
}

function wordFor(was: One | undefined, is: One | undefined, unseen: number): FindingChange['change'] {
  if (!was) return 'new';
  const left = (is?.subjects.size ?? 0) + unseen;
  if (!is) return left === was.subjects.size ? 'unseen' : 'gone';
  const rank = RANK[is.finding.severity] - RANK[was.finding.severity];
  if (rank !== 0) return rank > 0 ? 'worse' : 'better';
  if (is.subjects.size > was.subjects.size) return 'worse';
  if (left < was.subjects.size) return 'better';
  return unseen > 0 ? 'unseen' : 'still';
}

function subjectsOf(seen: readonly Seen[]): Subject[] {
  return seen.slice(0, MAX_SUBJECTS).map(({subject}) => subject);
}

function missingFrom(known: ReadonlyMap<string, Seen>, all: ReadonlyMap<string, Seen>): Seen[] {
  return [...all]
    .filter(([key]) => !known.has(key))
    .sort(([a], [b]) => compareText(a, b))
    .map(([, seen]) => seen);
}

function compareChanges(a: FindingChange, b: FindingChange): number {
  return (
    ORDER.indexOf(a.change) - ORDER.indexOf(b.change) ||
    RANK[b.severity] - RANK[a.severity] ||
    Math.max(b.before, b.after) - Math.max(a.before, a.after) ||
    compareText(a.id, b.id) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
