import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {Check, Fail, Ref, Severity, Subject} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {MAX_SUBJECTS} from '../checks/gaps.ts';
import {compareText} from '../text/compare.ts';
import type {EvidenceRef, Finding, Location} from './report.ts';
import type {Locate} from './locate.ts';
import {quoteStrangeNames} from './quote.ts';
import {fillIn} from './steps.ts';
import {count, thousands} from '../text/words.ts';

/** Proofs shown for one finding: the first few subjects' are enough to check it by hand. */
const MAX_EVIDENCE = 8;
/** Characters of a seen value that a report keeps: an annotation may have megabytes. */
const MAX_VALUE = 4096;
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** A finding and the fails it is made of, which the cause graph needs whole. */
export interface FindingGroup {
  finding: Finding;
  fails: Fail[];
  check: Check;
  cause: string;
}

/** Names a subject uniquely. */
export function subjectKey({kind, namespace, name}: Subject): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** First 16 hex digits of SHA-256 over the check's id, NUL and its cause key (CONTRACT §2). */
export function fingerprintOf(id: string, cause: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${id}\0${cause}`))).slice(0, 16);
}

/** Makes one finding of all fails of a check that have one cause. */
export function groupFails(judgement: Judgement, locate: Locate): FindingGroup[] {
  return judgement.fails.flatMap(({check, fails}) =>
    [...Map.groupBy(fails, fail => fail.cause)].map(([cause, alike]) => groupOf(check, cause, alike, locate)),
  );
}

/** Makes the finding of fails that have one cause; there is at least one. */
export function groupOf(check: Check, cause: string, fails: Fail[], locate: Locate): FindingGroup {
  const severity = worst(fails.map(f => f.severity ?? check.severity));
  // The reader sees one sentence: that of the worst case.
  const speaker = fails.find(f => (f.severity ?? check.severity) === severity) ?? fails[0];
  if (!speaker) throw new RangeError('a finding needs a fail');
  const subjects = distinctSubjects(fails);
  const located = refsOf(fails, speaker).map(locate);
  const locations = located.some(l => l.location) ? locationsOf(fails, locate) : [];
  const [location] = locations;
  const finding: Finding = {
    id: check.id,
    name: check.name,
    severity: suspect(fails) ? lower(severity) : severity,
    title: check.title,
    message: isOne(check, fails, subjects) ? speaker.message : sumUp(check, fails, speaker, subjects),
    subjects: subjects.slice(0, MAX_SUBJECTS),
    subjectCount: subjects.length,
    evidence: located.map(l => shorten(l.evidence)),
    fix: quoteStrangeNames(fillIn(speaker.fix ?? check.docs.fix, speaker), speaker),
    links: [...new Set([...(speaker.links ?? []), ...check.docs.links])],
    fingerprint: fingerprintOf(check.id, cause),
    state: suspect(fails) ? 'suspected' : 'confirmed',
    causedBy: [],
    firstSeen: earliest(fails),
    ...(location && {location, locations}),
  };
  return {finding, fails, check, cause};
}

/** Whether one sentence of one fail says it all. A Service may lack something on many nodes, which only the check can sum up. */
function isOne(check: Check, fails: readonly Fail[], subjects: readonly Subject[]): boolean {
  return subjects.length === 1 && !(check.many && new Set(fails.map(f => f.node)).size > 1);
}

function sumUp(check: Check, fails: readonly Fail[], speaker: Fail, subjects: readonly Subject[]): string {
  if (check.many) return check.many(fails, subjects.length);
  const [kind = '', ...others] = new Set(subjects.map(s => s.kind));
  const noun = others.length === 0 ? kind : 'object';
  if (fails.every(f => f.message === speaker.message)) {
    return `${speaker.message} (${count(subjects.length, noun)})`;
  }
  const more = subjects.length - 1;
  return `${speaker.message}; the same on ${thousands(more)} more ${count(more, noun).replace(/^\S+ /, '')}`;
}

/** The speaker's facts come first, as its message is the one that is read; then one subject's after the other. */
function refsOf(fails: readonly Fail[], speaker: Fail): Ref[] {
  const refs = [...speaker.evidence];
  for (const fail of fails) {
    if (refs.length >= MAX_EVIDENCE) break;
    if (fail !== speaker) refs.push(...fail.evidence.slice(0, MAX_EVIDENCE));
  }
  return refs.slice(0, MAX_EVIDENCE);
}

/** Cuts a value that nobody would read to its end; what is no text then becomes the start of its JSON. */
function shorten(evidence: EvidenceRef): EvidenceRef {
  const {value} = evidence;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= MAX_VALUE) return evidence;
  return {...evidence, value: `${text.slice(0, MAX_VALUE)}…`};
}

/** Where each fail stands in the files that were linted: the place of its first fact that has one. */
function locationsOf(fails: readonly Fail[], locate: Locate): Location[] {
  const places = new Map<string, Location>();
  for (const fail of fails) {
    const found = fail.evidence.map(locate).find(l => l.location)?.location;
    if (found) places.set(`${found.file}\0${found.line}\0${found.column}`, found);
  }
  return [...places.values()].sort(compareLocations).slice(0, MAX_SUBJECTS);
}

function compareLocations(a: Location, b: Location): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
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
  for (const {subject} of fails) seen.set(subjectKey(subject), subject);
  return [...seen.entries()].sort(([a], [b]) => compareText(a, b)).map(([, subject]) => subject);
}

function earliest(fails: readonly Fail[]): string | null {
  const times = fails.flatMap(f => (f.since ? [f.since] : [])).sort();
  return times[0] ?? null;
}
