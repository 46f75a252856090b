import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {Check, Fail, Severity, Subject} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {MAX_SUBJECTS} from '../checks/engine.ts';
import type {Finding} from './report.ts';
import type {Locate} from './locate.ts';

/** Proofs shown for one finding: the first few subjects' are enough to check it by hand. */
const MAX_EVIDENCE = 8;
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** A finding and the fails it is made of, which the cause graph needs whole. */
export interface FindingGroup {
  finding: Finding;
  fails: Fail[];
}

/** First 16 hex digits of SHA-256 over the check's id, NUL and its cause key (CONTRACT §2). */
export function fingerprintOf(id: string, cause: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${id}\0${cause}`))).slice(0, 16);
}

/** Makes one finding of all fails of a check that have one cause. */
export function groupFails(judgement: Judgement, locate: Locate): FindingGroup[] {
  const groups: FindingGroup[] = [];
  for (const {check, fails} of judgement.fails) {
    const byCause = Map.groupBy(fails, fail => fail.cause);
    for (const [cause, alike] of byCause) {
      groups.push({finding: findingOf(check, cause, alike, locate), fails: alike});
    }
  }
  return groups;
}

function findingOf(check: Check, cause: string, fails: Fail[], locate: Locate): Finding {
  const severity = worst(fails.map(f => f.severity ?? check.severity));
  // The reader sees one sentence: that of the worst case.
  const speaker = fails.find(f => (f.severity ?? check.severity) === severity) ?? fails[0];
  if (!speaker) throw new RangeError('a finding needs a fail');
  const subjects = distinctSubjects(fails);
  const refs = fails.flatMap(f => f.evidence).slice(0, MAX_EVIDENCE);
  const located = refs.map(locate);
  const location = located.find(l => l.location)?.location;
  return {
    id: check.id,
    name: check.name,
    severity: suspect(fails) ? lower(severity) : severity,
    title: check.title,
    message: subjects.length > 1 ? `${speaker.message} (and ${subjects.length - 1} more)` : speaker.message,
    subjects: subjects.slice(0, MAX_SUBJECTS),
    subjectCount: subjects.length,
    evidence: located.map(l => l.evidence),
    fix: speaker.fix ?? [...check.docs.fix],
    links: [...new Set([...(speaker.links ?? []), ...check.docs.links])],
    fingerprint: fingerprintOf(check.id, cause),
    state: suspect(fails) ? 'suspected' : 'confirmed',
    causedBy: [],
    firstSeen: earliest(fails),
    ...(location && {location}),
  };
}

function suspect(fails: readonly Fail[]): boolean {
  return fails.every(f => f.state === 'suspected');
}

function worst(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b), 'info');
}

/** What HNS may still converge to by itself is shown one severity lower (CONTRACT §2). */
function lower(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'info';
}

function distinctSubjects(fails: readonly Fail[]): Subject[] {
  const seen = new Map<string, Subject>();
  for (const {subject} of fails)
    seen.set(`${subject.kind}/${subject.namespace ?? ''}/${subject.name}`, subject);
  return [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
}

function earliest(fails: readonly Fail[]): string | null {
  const times = fails.flatMap(f => (f.since ? [f.since] : [])).sort();
  return times[0] ?? null;
}
