import type {Sieve} from './build.ts';
import {fingerprintOf, subjectKey} from './group.ts';

/** What an earlier report knew: by fingerprint the subjects it listed, and how many there were. */
export type Baseline = ReadonlyMap<string, {subjects: ReadonlySet<string>; count: number}>;

/** A `--baseline` file as read, or why it is none. */
export type BaselineFile = {ok: true; baseline: Baseline} | {ok: false; message: string};

/** Reads a report that `-o json` made. */
export function parseBaseline(text: string): BaselineFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {ok: false, message: 'the baseline is no JSON: give it a report that `-o json` wrote'};
  }
  const {kind, apiVersion, findings} = fieldsOf(parsed);
  const ours = apiVersion === 'kubectl-win/v1' && (kind === 'DoctorReport' || kind === 'LintReport');
  if (!ours || !Array.isArray(findings)) {
    return {ok: false, message: 'the baseline is no DoctorReport of kubectl-win/v1'};
  }
  const baseline = new Map<string, {subjects: Set<string>; count: number}>();
  for (const finding of findings) {
    const {fingerprint, subjects, subjectCount} = fieldsOf(finding);
    if (typeof fingerprint !== 'string' || !Array.isArray(subjects) || typeof subjectCount !== 'number') {
      return {ok: false, message: 'the baseline has a finding without fingerprint, subjects or subjectCount'};
    }
    baseline.set(fingerprint, {subjects: new Set(subjects.map(keyOf)), count: subjectCount});
  }
  return {ok: true, baseline};
}

/** What `--baseline` leaves out, and what there is to say about it on standard error. */
export interface Comparing {
  sieve: Sieve;
  /** To be asked after the report was built. */
  notes(): string[];
}

/**
 * Keeps what is new: a fault that the baseline does not know, or its new subjects. Where the baseline lists only a part of
 * the subjects, nobody can tell which are new: then the fault is shown whole if there are more of them, and not otherwise.
 */
export function comparing(baseline: Baseline): Comparing {
  let known = 0;
  const notes: string[] = [];
  const sieve: Sieve = (check, cause, fails) => {
    const before = baseline.get(fingerprintOf(check.id, cause));
    if (!before) return fails;
    if (before.count > before.subjects.size) {
      const now = new Set(fails.map(f => subjectKey(f.subject))).size;
      if (now > before.count) {
        notes.push(
          `${check.id}: ${now} subjects, ${before.count} in the baseline, which names ${before.subjects.size} of them: shown whole`,
        );
        return fails;
      }
      known++;
      return [];
    }
    const fresh = fails.filter(f => !before.subjects.has(subjectKey(f.subject)));
    if (fresh.length === 0) known++;
    return fresh;
  };
  return {
    sieve,
    notes: () => [...(known > 0 ? [`${known} known from the baseline, not shown`] : []), ...notes],
  };
}

function keyOf(subject: unknown): string {
  const {kind, namespace, name} = fieldsOf(subject);
  return subjectKey({kind: text(kind), namespace: text(namespace), name: text(name)});
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface Fields {
  apiVersion?: unknown;
  kind?: unknown;
  findings?: unknown;
  fingerprint?: unknown;
  subjects?: unknown;
  subjectCount?: unknown;
  namespace?: unknown;
  name?: unknown;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? value : {};
}
