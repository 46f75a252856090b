import {LineCounter, isMap, isScalar, isSeq, parseAllDocuments} from 'yaml';
import type {Document, Node as YamlNode, Tags} from 'yaml';
import {isTooDeep} from './nesting.ts';
import type {Location} from '../report/report.ts';

/** A file as `lint` was given it. */
export interface TextFile {
  name: string;
  text: string;
}

/** One YAML (or JSON) document with its place in the file. */
export interface YamlDocument {
  /** 0-based position among the file's documents. */
  index: number;
  value: unknown;
  errors: {problem: 'syntax' | 'duplicate-key'; message: string; line: number; column: number}[];
  /** Line and column of a place in the document, or of the nearest place above it that exists. */
  locate(segments: readonly string[]): {line: number; column: number};
}

/**
 * Above this size a JSON text is read by `JSON.parse`, which knows no lines: reading positions of a dump of a whole
 * cluster would cost minutes, and nobody edits one.
 */
const MAX_POSITIONED_JSON = 4 * 1024 * 1024;

/**
 * YAML above this size, or in more documents, is refused: its tree takes forty times the memory of its text, and what people
 * write has a thousandth of it.
 */
const MAX_YAML = 8 * 1024 * 1024;
const MAX_DOCUMENTS = 50_000;

/**
 * kubectl reads YAML as go-yaml v2 does: 1.1, where `yes` and `on` are booleans, but without its times and sexagesimal
 * numbers (https://github.com/kubernetes-sigs/yaml).
 */
function kubernetesTags(tags: Tags): Tags {
  return tags.filter(
    tag =>
      typeof tag === 'string' ||
      (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')),
  );
}

/** Parses every document of a file. Broken documents come with their errors and whatever could be read. */
export function parseYaml({text}: TextFile): YamlDocument[] {
  if (text.length > MAX_POSITIONED_JSON && /^\s*[{[]/.test(text.slice(0, 100))) return [plainJson(text)];
  const refusal = refusalOf(text);
  if (refusal !== undefined) return [refused(refusal)];
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter,
    version: '1.1',
    customTags: kubernetesTags,
    prettyErrors: false,
    logLevel: 'silent',
    // A document of ours never nests aliases; a "billion laughs" one is refused.
    maxAliasCount: 100,
  } as Parameters<typeof parseAllDocuments>[1]);
  if (!Array.isArray(documents)) return [];
  return documents.map((document, index) => readDocument(document, index, lineCounter));
}

/** Why a text is not handed to the parser at all. */
function refusalOf(text: string): string | undefined {
  if (text.length > MAX_YAML) {
    return `YAML of more than ${MAX_YAML / 1024 / 1024} MiB is no manifest; split it, or write it as JSON`;
  }
  let documents = 0;
  for (let at = text.indexOf('---'); at >= 0; at = text.indexOf('---', at + 3)) {
    if ((at === 0 || text[at - 1] === '\n') && ++documents > MAX_DOCUMENTS) {
      return `a file of more than ${MAX_DOCUMENTS} documents is no manifest; split it`;
    }
  }
  return isTooDeep(text) ? 'it nests deeper than any Kubernetes object' : undefined;
}

function refused(message: string): YamlDocument {
  const start = {line: 1, column: 1};
  return {index: 0, value: undefined, errors: [{problem: 'syntax', message, ...start}], locate: () => start};
}

function readDocument(document: Document.Parsed, index: number, lines: LineCounter): YamlDocument {
  const place = (offset: number): {line: number; column: number} => {
    const {line, col} = lines.linePos(offset);
    return {line: Math.max(1, line), column: Math.max(1, col)};
  };
  const errors = document.errors.map(error => ({
    problem: error.code === 'DUPLICATE_KEY' ? ('duplicate-key' as const) : ('syntax' as const),
    message: firstLine(error.message),
    ...place(error.pos[0]),
  }));
  let value: unknown;
  try {
    value = document.toJS({maxAliasCount: 100});
  } catch (error) {
    errors.push({problem: 'syntax', message: firstLine(messageOf(error)), ...place(document.range[0])});
  }
  return {
    index,
    value,
    errors,
    locate: segments => place(offsetOf(document.contents, segments) ?? document.range[0]),
  };
}

/** Offset of the key or item that the segments lead to; the deepest that exists. */
function offsetOf(root: YamlNode | null, segments: readonly string[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const segment of segments) {
    if (isMap(node)) {
      const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === segment);
      if (!pair) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(segment)];
      if (item === undefined) return offset;
      node = item;
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function plainJson(text: string): YamlDocument {
  const start = {line: 1, column: 1};
  try {
    const value: unknown = JSON.parse(text);
    return {index: 0, value, errors: [], locate: () => start};
  } catch (error) {
    const message = firstLine(messageOf(error));
    return {
      index: 0,
      value: undefined,
      errors: [{problem: 'syntax', message, ...start}],
      locate: () => start,
    };
  }
}

/** Splits an RFC 6901 pointer. */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(s => s.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A location of a document's place. */
export function locationIn(file: string, document: YamlDocument, pointer: string): Location {
  return {file, ...document.locate(segmentsOf(pointer))};
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
