import {isRecord} from '../kube/shape.ts';
import {decodeUtf8} from './decode.ts';
import type {JsonSink} from './json.ts';
import {opensJson, scanJson} from './json.ts';
import {looksLikeObjects, readYaml} from './yaml.ts';

/** What a list says of itself beside its items. */
export type ListHead = Record<string, unknown>;

/** Receives the objects of a file one by one. */
export interface ObjectSink {
  /** An object, and the list it came in. */
  object(value: Record<string, unknown>, list?: ListHead): void;
  /** A list, after its items; also where it has none. */
  list(head: ListHead): void;
  /** Something that could not be read: one clause. */
  broken(detail: string): void;
}

/** Lists within lists are followed so deep; nothing real goes beyond two. */
const MAX_DEPTH = 4;

/**
 * Reads every object in a file in UTF-8: JSON or YAML, one or many documents, Lists, lists, or none at all. Of one that is known
 * to be `cut`, the last YAML object is left out: half an object parses as well as a whole one.
 */
export function readDocuments(file: Uint8Array, sink: ObjectSink, cut = false): void {
  const objects = withoutLogs(file);
  if (opensJson(objects)) {
    readJson(objects, sink);
    return;
  }
  const text = decodeUtf8(objects);
  // What Go prints for a list that it never made.
  if (text.trim() === 'null') sink.list({});
  else if (looksLikeObjects(text)) {
    const bad = readYaml(text, value => take(value, undefined, sink), cut);
    if (bad > 0) sink.broken(`${bad} YAML ${bad === 1 ? 'document does' : 'documents do'} not parse`);
  }
}

function readJson(json: Uint8Array, sink: ObjectSink): void {
  let heads: {text: string; head: ListHead | undefined} = {text: '', head: undefined};
  let bad = 0;
  const scan: JsonSink = {
    item(itemText, headText) {
      if (heads.text !== headText) heads = {text: headText, head: recordOf(parse(headText))};
      const value = parse(itemText);
      if (value === undefined) bad++;
      else take(value, heads.head ?? {}, sink);
    },
    value(valueText) {
      const value = parse(valueText);
      if (value === undefined) bad++;
      else if (Array.isArray(value)) sink.list({});
      else take(value, undefined, sink);
    },
    gap(at) {
      sink.broken(`line ${lineAt(json, at)} is no JSON, or it breaks off there`);
    },
  };
  scanJson(json, scan);
  if (bad > 0) sink.broken(`${bad} of its values ${bad === 1 ? 'is' : 'are'} no valid JSON`);
}

function take(value: unknown, list: ListHead | undefined, sink: ObjectSink, depth = 0): void {
  if (Array.isArray(value) && depth < MAX_DEPTH) {
    for (const item of value) take(item, list ?? {}, sink, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const {items, ...head} = value;
  if (!Array.isArray(items) || !isList(head)) {
    sink.object(value, list);
    return;
  }
  if (depth < MAX_DEPTH) for (const item of items) take(item, head, sink, depth + 1);
  sink.list(head);
}

function isList(head: ListHead): boolean {
  const kind = head['kind'];
  return kind === undefined || (typeof kind === 'string' && kind.endsWith('List'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): ListHead | undefined {
  return isRecord(value) ? value : undefined;
}

/** 1-based line of a place in a file. */
function lineAt(file: Uint8Array, at: number): number {
  let line = 1;
  for (let end = file.indexOf(LINE_FEED); end >= 0 && end < at; end = file.indexOf(LINE_FEED, end + 1))
    line++;
  return line;
}

const LINE_FEED = 0x0a;
const LOGS_START = new TextEncoder().encode('==== START logs for container ');
const LOGS_END = new TextEncoder().encode('==== END logs for container ');

/** `kubectl cluster-info dump` to standard output puts container logs between the objects. */
function withoutLogs(file: Uint8Array): Uint8Array {
  let from = lineStart(file, LOGS_START, 0);
  if (from < 0) return file;
  const kept: Uint8Array[] = [];
  let at = 0;
  while (from >= 0) {
    kept.push(file.subarray(at, from));
    const end = lineStart(file, LOGS_END, from);
    const next = end < 0 ? -1 : file.indexOf(LINE_FEED, end);
    at = next < 0 ? file.length : next + 1;
    from = lineStart(file, LOGS_START, at);
  }
  return joined([...kept, file.subarray(at)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Where a line begins with a mark, from the beginning of a line on; -1 where none does. */
function lineStart(file: Uint8Array, mark: Uint8Array, from: number): number {
  for (let at = from; at < file.length;) {
    if (mark.every((char, i) => file[at + i] === char)) return at;
    const end = file.indexOf(LINE_FEED, at);
    if (end < 0) return -1;
    at = end + 1;
  }
  return -1;
}
