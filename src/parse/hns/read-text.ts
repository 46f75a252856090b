import {isRecord} from '../../kube/shape.ts';
import type {HnsKind} from '../../hns/readings.ts';
import {beginsRecord, readRecord, readRow} from './hnsdiag.ts';
import {kindAsked, kindOf} from './kind-of.ts';
import {readLooseJson} from './loose-json.ts';
import {beginsList, readList} from './powershell-list.ts';
import {beginsTable, readTable} from './powershell-table.ts';
import type {Found, HnsText, TextCut, TextLine, TextObject} from './text.ts';

/** What begins JSON at the start of a line; `{@{` is PowerShell's, and `[cut]` somebody's remark. */
const JSON_VALUE = /^(?:\{\s*(?:$|["}.…])|\[\s*(?:$|[[{"\].…\d-]))/;
/** A member of an object whose beginning is not there. */
const JSON_MEMBER = /^"[^"]*"\s*:/;
/** A prompt with a command, of PowerShell, `cmd` or a shell. */
const PROMPT = /^(?:PS )?[A-Za-z]:\\[^>]*>\s*|^\$\s/;

/**
 * Reads whatever people and collectors write of HNS: lists and tables of PowerShell, JSON with anything around it, hnsdiag's
 * tables and records. Never throws; what is not understood is kept as lines.
 */
export function readHnsText(source: string): HnsText {
  // No-break spaces come of web pages; inside of JSON the reader passes over them itself.
  const text = source.replaceAll(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  const lines = text.split('\n').map(line => line.replaceAll('\u00A0', ' '));
  const offsets = offsetsOf(text);
  const objects: TextObject[] = [];
  const cuts: TextCut[] = [];
  const rest: TextLine[] = [];
  let asked: HnsKind | undefined;
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const trimmed = line.trim();
    const found =
      trimmed === ''
        ? undefined
        : JSON_VALUE.test(trimmed) || JSON_MEMBER.test(trimmed)
          ? jsonAt(text, offsets, at, rest)
          : blockAt(lines, at);
    if (found) {
      for (const object of found.objects) objects.push({...object, kind: object.kind ?? asked});
      cuts.push(...found.cuts);
      at = found.next;
      continue;
    }
    if (trimmed !== '') {
      asked = kindAsked(line) ?? (PROMPT.test(line) ? undefined : asked);
      rest.push({line: at + 1, text: trimmed});
    }
    at++;
  }
  return {objects, cuts, rest};
}

function blockAt(lines: readonly string[], at: number): Found | undefined {
  const line = lines[at] ?? '';
  if (beginsRecord(lines, at)) return readRecord(lines, at);
  if (beginsTable(lines, at)) return readTable(lines, at);
  if (beginsList(line)) return readList(lines, at);
  const row = PROMPT.test(line) ? undefined : readRow(line, at);
  return row && {objects: [row], cuts: [], next: at + 1};
}

/** Reads the JSON values that begin at a line, one behind another. */
function jsonAt(text: string, offsets: readonly number[], at: number, rest: TextLine[]): Found {
  const objects: TextObject[] = [];
  const cuts: TextCut[] = [];
  const indent = /^\s*/.exec(text.slice(offsets[at], offsets[at + 1]))?.[0].length ?? 0;
  let from = (offsets[at] ?? 0) + indent;
  for (;;) {
    const read = readLooseJson(text, from, text[from] === '"');
    cuts.push(...read.cuts.map(({at: place, ...cut}) => ({...cut, line: lineOf(offsets, place)})));
    const line = lineOf(offsets, from);
    for (const item of itemsOf(read.value)) {
      if (!isRecord(item)) {
        if (item !== undefined) rest.push({line, text: JSON.stringify(item)});
        continue;
      }
      objects.push({raw: item, kind: kindOf(item), line: lineOf(offsets, read.starts.get(item) ?? from)});
    }
    const envelope = envelopeOf(read.value);
    if (envelope !== undefined) rest.push({line, text: envelope});
    const next = /^[\s,]*/.exec(text.slice(read.end))?.[0].length ?? 0;
    from = read.end + next;
    if (JSON_VALUE.test(text.slice(from, from + 80).split('\n')[0] ?? '')) continue;
    const last = lineOf(offsets, read.end);
    const left = text.slice(read.end, offsets[last] ?? text.length).trim();
    if (left !== '' && left !== ',') rest.push({line: last, text: left});
    return {objects, cuts, next: last};
  }
}

/** The objects of an answer: of a list its items, of HNSCall's envelope what is in it. */
function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const output = isRecord(value) && Object.hasOwn(value, 'Output') ? value['Output'] : undefined;
  if (output === undefined) return [value];
  return Array.isArray(output) ? output : [output];
}

/** What HNSCall says beside the objects. */
function envelopeOf(value: unknown): string | undefined {
  if (!isRecord(value) || !Object.hasOwn(value, 'Output')) return undefined;
  const {Output: _, ...others} = value;
  return JSON.stringify(others);
}

/** Where each line begins. */
function offsetsOf(text: string): number[] {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/** The line, from 1, that an offset is on. */
function lineOf(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
