import {isRecord} from '../kube/shape.ts';
import type {JsonSink} from './json.ts';
import {scanJson} from './json.ts';
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
 * Reads every object in a text: JSON or YAML, one or many documents, Lists, lists, or none at all. Of a text that is known
 * to be `cut`, the last YAML object is left out: half an object parses as well as a whole one.
 */
export function readDocuments(text: string, sink: ObjectSink, cut = false): void {
  const objects = withoutLogs(text);
  if (/^\s*[[{]/.test(objects)) readJson(objects, sink);
  // What Go prints for a list that it never made.
  else if (objects.trim() === 'null') sink.list({});
  else if (looksLikeObjects(objects)) {
    const bad = readYaml(objects, value => take(value, undefined, sink), cut);
    if (bad > 0) sink.broken(`${bad} YAML ${bad === 1 ? 'document does' : 'documents do'} not parse`);
  }
}

function readJson(text: string, sink: ObjectSink): void {
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
      sink.broken(`line ${lineAt(text, at)} is no JSON, or it breaks off there`);
    },
  };
  scanJson(text, scan);
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

/** 1-based line of a place in a text. */
function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line++;
  return line;
}

const LOGS_START = '==== START logs for container ';
const LOGS_END = '==== END logs for container ';

/** `kubectl cluster-info dump` to standard output puts container logs between the objects. */
function withoutLogs(text: string): string {
  let from = lineStart(text, LOGS_START, 0);
  if (from < 0) return text;
  const kept: string[] = [];
  let at = 0;
  while (from >= 0) {
    kept.push(text.slice(at, from));
    const end = lineStart(text, LOGS_END, from);
    const next = end < 0 ? -1 : text.indexOf('\n', end);
    at = next < 0 ? text.length : next + 1;
    from = lineStart(text, LOGS_START, at);
  }
  return kept.join('') + text.slice(at);
}

function lineStart(text: string, mark: string, from: number): number {
  let at = text.indexOf(mark, from);
  while (at > 0 && text[at - 1] !== '\n') at = text.indexOf(mark, at + 1);
  return at;
}
