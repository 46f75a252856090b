import type {Severity, Subject} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {MAX_SUBJECTS} from '../checks/gaps.ts';
import {groupFails, subjectKey} from '../report/group.ts';
import type {FindingGroup} from '../report/group.ts';
import type {Locate} from '../report/locate.ts';
import {compareText} from '../text/compare.ts';
import type {FindingChange} from './change.ts';

const RANK: Record<Severity, number> = {info: 0, warning: 1, error: 2};
const ORDER: readonly FindingChange['change'][] = ['new', 'worse', 'still', 'better', 'gone'];

/** What was found in one capture, by fingerprint, with all subjects. */
export type Found = ReadonlyMap<string, Pick<FindingGroup, 'finding'> & {subjects: Map<string, Subject>}>;

/** What a judgement comes to, with all subjects. */
export function foundIn(judgement: Judgement, locate: Locate): Found {
  return new Map(
    groupFails(judgement, locate).map(({finding, fails}) => [
      finding.fingerprint,
      {finding, subjects: new Map(fails.map(({subject}) => [subjectKey(subject), subject]))},
    ]),
  );
}

/** What became of each finding: new ones first, then by severity and how many subjects. */
export function findingChanges(before: Found, after: Found): FindingChange[] {
  const prints = new Set([...before.keys(), ...after.keys()]);
  return [...prints]
    .flatMap(print => changeOf(before.get(print), after.get(print)) ?? [])
    .sort(compareChanges);
}

type One = Found extends ReadonlyMap<string, infer T> ? T : never;

function changeOf(was: One | undefined, is: One | undefined): FindingChange | undefined {
  const told = (is ?? was)?.finding;
  if (!told) return undefined;
  const {id, fingerprint, severity, title, message} = told;
  const [old, now] = [
    was?.subjects ?? new Map<string, Subject>(),
    is?.subjects ?? new Map<string, Subject>(),
  ];
  const added = missingFrom(old, now);
  const removed = missingFrom(now, old);
  return {
    change: wordFor(was, is),
    id,
    fingerprint,
    severity,
    title,
    message,
    before: old.size,
    after: now.size,
    added: added.slice(0, MAX_SUBJECTS),
    addedCount: added.length,
    removed: removed.slice(0, MAX_SUBJECTS),
    removedCount: removed.length,
  };
}

function wordFor(was: One | undefined, is: One | undefined): FindingChange['change'] {
  if (!was) return 'new';
  if (!is) return 'gone';
  const by = RANK[is.finding.severity] - RANK[was.finding.severity] || is.subjects.size - was.subjects.size;
  return by > 0 ? 'worse' : by < 0 ? 'better' : 'still';
}

function missingFrom(known: ReadonlyMap<string, Subject>, all: ReadonlyMap<string, Subject>): Subject[] {
  return [...all]
    .filter(([key]) => !known.has(key))
    .sort(([a], [b]) => compareText(a, b))
    .map(([, subject]) => subject);
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
