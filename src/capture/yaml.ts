import {CORE_SCHEMA, load} from 'js-yaml';
import {parseDocument} from 'yaml';
import {isTooDeep} from '../manifests/nesting.ts';

/** How far a text is looked into for signs of Kubernetes objects. */
const SNIFF = 64 * 1024;

/** Longer YAML was written by no hand: where the fast parser fails on it, the patient one would take minutes. */
const MAX_WRITTEN = 8 * 1024 * 1024;

/** Aliases that one document may expand to: enough for hand-written YAML, too few for a bomb. */
const MAX_ALIASES = 100;

/** Whether a text has the fields that every Kubernetes object or list starts with. */
export function looksLikeObjects(text: string): boolean {
  return /^(?:- )?["']?(?:apiVersion|kind|items|metadata)["']?\s*:/m.test(text.slice(0, SNIFF));
}

/**
 * Reads YAML document by document, and long lists as Go prints them (`items:` with `- ` at the margin) item by item, so
 * that one bad document costs itself only. With `cut`, the last document or item is left out. Returns how many documents
 * do not parse.
 */
export function readYaml(text: string, take: (value: unknown) => void, cut: boolean): number {
  let bad = 0;
  const documents = text.split(/(?<=^|\n)---(?:[ \t][^\n]*)?\r?(?:\n|$)/).filter(d => d.trim() !== '');
  for (const [index, document] of documents.entries()) {
    const cutHere = cut && index === documents.length - 1;
    const pieces = splitList(document);
    const list = pieces && readPieces(pieces, cutHere);
    if (list) {
      take(list);
      continue;
    }
    const value = cutHere ? undefined : parse(document);
    if (value?.ok) take(value.value);
    else bad++;
  }
  return bad;
}

interface ListPieces {
  head: string;
  items: string[];
}

/**
 * A list at the margin, taken apart by lines; undefined where the document is none. Lines end in LF only: `^` of a regular
 * expression also stands behind U+2028, which is text here.
 */
function splitList(document: string): ListPieces | undefined {
  const start = /(?<=^|\n)items:[ \t]*\r?\n(?=- )/.exec(document);
  if (!start || /(?:^|[\s:-])[&*][\w-]+/.test(document.slice(0, start.index))) return undefined;
  const body = document.slice(start.index + start[0].length);
  const end = /(?<=\n)[^\s#-]/.exec(body);
  const items = (end ? body.slice(0, end.index) : body).split(/(?<=^|\n)- /).slice(1);
  const tail = end ? body.slice(end.index) : '';
  return {head: `${document.slice(0, start.index)}items: []\n${tail}`, items};
}

/** The list put together again; undefined where a piece does not parse by itself. */
function readPieces({head, items}: ListPieces, cut: boolean): Record<string, unknown> | undefined {
  const around = parse(head);
  if (!around.ok || typeof around.value !== 'object' || around.value === null) return undefined;
  const values: unknown[] = [];
  for (const item of cut ? items.slice(0, -1) : items) {
    const value = parse(`  ${item}`);
    if (!value.ok) return undefined;
    values.push(value.value);
  }
  return {...around.value, items: values};
}

/** YAML without aliases, as Go prints it; of a key that stands twice the last one counts. */
const PRINTED = {schema: CORE_SCHEMA, json: true, maxAliases: 0} as const;

type Parsed = {ok: true; value: unknown} | {ok: false};

/** js-yaml takes an eighth of the time that `yaml` takes, and a must-gather has hundreds of megabytes. */
function parse(text: string): Parsed {
  if (isTooDeep(text)) return {ok: false};
  try {
    return {ok: true, value: load(text, PRINTED)};
  } catch {
    return text.length > MAX_WRITTEN ? {ok: false} : parseWritten(text);
  }
}

/** YAML as people write it: aliases (bombs are refused), tags of their own, deep nesting, nothing but comments. */
function parseWritten(text: string): Parsed {
  try {
    const document = parseDocument(text, {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      strict: false,
    });
    if (document.errors.length > 0) return {ok: false};
    return {ok: true, value: document.toJS({maxAliasCount: MAX_ALIASES})};
  } catch {
    return {ok: false};
  }
}
