import {LineCounter, isMap, isScalar, isSeq, parseDocument} from 'yaml';
import type {Node as YamlNode, Pair} from 'yaml';
import type {Subject} from '../checks/define.ts';
import {DAY, millis} from '../snapshot/time.ts';
import type {Sieve} from './build.ts';
import {matchesGlob} from './glob.ts';
import {count, list} from '../text/words.ts';
import {visible} from './visible.ts';

/** One entry of an `--ignore` file: a fault that somebody knows of and accepts. */
export interface IgnoreEntry {
  /** Where it stands in the file, from 1. */
  line: number;
  id: string;
  /** Glob of `Kind/namespace/name`, or of `Kind/name`; absent: whatever the subject. */
  subject?: string;
  /** As written: a date, whose whole day still counts, or an RFC 3339 time. */
  until?: string;
  owner?: string;
  reason: string;
}

/** Something wrong in an `--ignore` file. */
export interface IgnoreError {
  line: number;
  message: string;
}

/** An `--ignore` file as read: its entries, or everything that is wrong with it. */
export type IgnoreFile = {ok: true; entries: IgnoreEntry[]} | {ok: false; errors: IgnoreError[]};

const FIELDS = ['id', 'subject', 'until', 'owner', 'reason'] as const;
type Field = (typeof FIELDS)[number];
const ID = /^[A-Z]{3}\d{3}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Errors listed for one file: more would not be read. */
const MAX_ERRORS = 20;

/** Reads an `--ignore` file: YAML `[{id, subject?, until?, owner?, reason}]`. */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines});
  const lineOf = (node: {range?: readonly number[] | null | undefined}): number =>
    lines.linePos(node.range?.[0] ?? 0).line;
  const errors: IgnoreError[] = document.errors.map(e => ({
    line: e.linePos?.[0].line ?? 1,
    message: visible(e.message.split('\n')[0] ?? ''),
  }));
  if (errors.length > 0) return {ok: false, errors: errors.slice(0, MAX_ERRORS)};
  const root = document.contents;
  if (root === null) return {ok: true, entries: []};
  if (!isSeq(root)) {
    return {ok: false, errors: [{line: lineOf(root), message: 'a list of entries is expected: `- id: …`'}]};
  }
  const entries: IgnoreEntry[] = [];
  // The items of a parsed sequence are nodes, which the type of the library cannot say.
  for (const item of root.items as YamlNode[]) {
    const read = readEntry(item, lineOf);
    if ('id' in read) entries.push(read);
    else errors.push(...read.errors);
  }
  return errors.length > 0 ? {ok: false, errors: errors.slice(0, MAX_ERRORS)} : {ok: true, entries};
}

type LineOf = (node: {range?: readonly number[] | null | undefined}) => number;

function readEntry(item: YamlNode, lineOf: LineOf): IgnoreEntry | {errors: IgnoreError[]} {
  const line = lineOf(item);
  if (!isMap(item)) return {errors: [{line, message: 'an entry is a map with `id` and `reason`'}]};
  const errors: IgnoreError[] = [];
  const fields: Partial<Record<Field, string>> = {};
  for (const pair of item.items) {
    const read = readField(pair, lineOf, line);
    if ('message' in read) errors.push(read);
    else fields[read.field] = read.value;
  }
  const {id, reason, ...rest} = fields;
  if (id === undefined)
    errors.push({line, message: '`id` is missing: the check to ignore, such as `SCH010`'});
  if (reason === undefined) errors.push({line, message: '`reason` is missing: say why this may be ignored'});
  if (errors.length > 0 || id === undefined || reason === undefined) return {errors};
  return {line, id, reason, ...rest};
}

function readField(pair: Pair, lineOf: LineOf, entry: number): {field: Field; value: string} | IgnoreError {
  const line = isScalar(pair.key) ? lineOf(pair.key) : entry;
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  const field = FIELDS.find(f => f === key);
  if (!field) {
    return {line, message: `\`${visible(key)}\` is no field of an entry; there are ${list([...FIELDS])}`};
  }
  const value = isScalar(pair.value) ? pair.value.value : undefined;
  if (typeof value !== 'string' || value.trim() === '') {
    return {line, message: `\`${field}\` must be text that is not empty`};
  }
  const fault = faultOf(field, value);
  return fault === undefined ? {field, value} : {line, message: fault};
}

function faultOf(field: Field, value: string): string | undefined {
  const shown = `\`${visible(value)}\``;
  if (field === 'id' && !ID.test(value)) return `${shown} is no id of a check, such as \`SCH010\``;
  if (field === 'until' && endOf(value) === undefined)
    return `${shown} is no date, such as \`2027-01-31\`, and no RFC 3339 time`;
  const parts = value.split('/').length;
  if (field === 'subject' && parts !== 2 && parts !== 3)
    return `${shown} is no subject: write \`Kind/namespace/name\` or \`Kind/name\`, with \`*\` for any part of a name`;
  return undefined;
}

/** The moment from which an entry no longer counts. */
function endOf(until: string): number | undefined {
  const at = millis(until);
  return at !== undefined && DATE.test(until) ? at + DAY : at;
}

/** What `--ignore` leaves out of a report, and what there is to say about it on standard error. */
export interface Ignoring {
  sieve: Sieve;
  /** To be asked after the report was built: how much was left out, what expired, what met nothing. */
  notes(): string[];
}

/** Leaves out the faults that are accepted at `now` (milliseconds since 1970). */
export function ignoring(entries: readonly IgnoreEntry[], now: number): Ignoring {
  const expired = entries.filter(e => e.until !== undefined && (endOf(e.until) ?? 0) <= now);
  const active = Map.groupBy(
    entries.filter(e => !expired.includes(e)),
    e => e.id,
  );
  const hits = new Map<IgnoreEntry, number>();
  let findings = 0;
  const sieve: Sieve = (check, _cause, fails) => {
    const rules = active.get(check.id);
    if (!rules) return fails;
    const kept = fails.filter(fail => {
      const rule = rules.find(r => r.subject === undefined || matchesSubject(r.subject, fail.subject));
      if (rule) hits.set(rule, (hits.get(rule) ?? 0) + 1);
      return !rule;
    });
    if (kept.length === 0 && fails.length > 0) findings++;
    return kept;
  };
  const notes = (): string[] => [
    ...total(hits, findings),
    ...expired.map(
      e => `line ${e.line}: ${e.id} is no longer ignored: the entry expired ${e.until}${owned(e)}`,
    ),
    ...[...active.values()]
      .flat()
      .filter(e => !hits.has(e))
      .map(e => `line ${e.line}: ${e.id} met nothing: the entry can go${owned(e)}`),
  ];
  return {sieve, notes};
}

function total(hits: ReadonlyMap<IgnoreEntry, number>, findings: number): string[] {
  const fails = [...hits.values()].reduce((sum, n) => sum + n, 0);
  if (fails === 0) return [];
  return [
    `ignored: ${count(fails, 'fault')} by ${count(hits.size, 'entry')}, ${count(findings, 'finding')} wholly`,
  ];
}

function owned(entry: IgnoreEntry): string {
  return entry.owner === undefined ? '' : ` (owner: ${visible(entry.owner)})`;
}

/** Whether a glob of `Kind/namespace/name` or `Kind/name` names a subject. The case of the kind does not matter. */
export function matchesSubject(glob: string, {kind, namespace, name}: Subject): boolean {
  const parts = glob.split('/');
  const [first = ''] = parts;
  if (!matchesGlob(first.toLowerCase(), kind.toLowerCase())) return false;
  if (parts.length === 2) return matchesGlob(parts[1] ?? '', name);
  return matchesGlob(parts[1] ?? '', namespace ?? '') && matchesGlob(parts[2] ?? '', name);
}
