import {duration, millis} from '../snapshot/time.ts';
import {countSubjects} from './phrase.ts';
import {count} from '../text/words.ts';
import type {DoctorReport, EvidenceRef, Finding} from './report.ts';
import {visible} from './visible.ts';

/** Characters of a value that are shown where there is little room. */
const SHORT_VALUE = 80;
/** Characters of a value that are shown anywhere but in JSON and YAML: an annotation may have megabytes. */
export const LONG_VALUE = 2000;

/** `cluster-resources/nodes.json /items/1/status/phase = "Failed"`. */
export function factOf({at, pointer, value}: EvidenceRef, limit = SHORT_VALUE): string {
  const place = visible(pointer === '' ? at : `${at} ${pointer}`);
  return value === undefined ? place : `${place} = ${valueText(value, limit)}`;
}

/** A value as JSON on one line, cut after so many characters. */
export function valueText(value: unknown, limit = SHORT_VALUE): string {
  const json = JSON.stringify(value) ?? 'undefined';
  const cut = json.length > limit ? `${json.slice(0, limit)}…` : json;
  return visible(cut);
}

/** `deploy.yaml:12:5` for each place in a file that a finding has; none where it is about a cluster. */
export function locationsOf({location, locations}: Finding): string[] {
  return (locations ?? (location ? [location] : [])).map(l => visible(`${l.file}:${l.line}:${l.column}`));
}

/** In one line, what a finding is about: `3 Deployments`, under `lint` with the first place: `Deployment shop/web, web.yaml:12:5`. */
export function aboutOf(finding: Finding): string {
  const subjects = countSubjects(finding.subjects, finding.subjectCount);
  const [place, ...more] = locationsOf(finding);
  if (place === undefined) return subjects;
  return more.length === 0
    ? `${subjects}, ${place}`
    : `${subjects}, ${place} and ${count(more.length, 'more place')}`;
}

/** How long a finding has been there: `3 h (2026-09-01T09:00:00Z)`; nothing where the evidence does not say. */
export function ageOf(finding: Finding, {source}: DoctorReport): string | undefined {
  const since = millis(finding.firstSeen);
  if (since === undefined || finding.firstSeen === null) return undefined;
  const seen = millis(source.collectedAt);
  const shown = visible(finding.firstSeen);
  return seen === undefined ? shown : `${duration(seen - since)} (${shown})`;
}

/** `error`, or `warning, suspected` for what may still heal by itself. */
export function stateOf({severity, state}: Finding): string {
  return state === 'suspected' ? `${severity}, suspected` : severity;
}
