import {visible} from '../report/visible.ts';
import type {LogRecord, LogValue} from './record.ts';
import {RECORD_KEYS} from './record.ts';

/** Writes a record by a template. */
export type Template = (record: LogRecord) => string;

type Part = (record: LogRecord) => string;

const PLACE = /\{\{\s*(?:(json|pad)\s+)?\.?([\w.@-]*)(?:\s+(\d+))?\s*\}\}/g;
const ESCAPES: Record<string, string> = {'\\n': '\n', '\\t': '\t', '\\\\': '\\'};

/**
 * Compiles a template: `{{.time}}`, `{{.data.exitCode}}`, `{{json .data}}`, `{{pad .level 11}}`; `\n` and `\t` as escapes.
 * Answers with a sentence where it names something that a record does not have.
 */
export function compileTemplate(text: string): Template | string {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(PLACE)) {
    const [all, how, path = '', width] = match;
    const [first = ''] = path.split('.');
    if (path !== '' && !KEYS.has(first))
      return `a record has no \`${first}\`: it has ${[...KEYS].join(', ')}`;
    parts.push(
      literal(text.slice(at, match.index)),
      place(how, path.split('.').filter(Boolean), Number(width ?? 0)),
    );
    at = match.index + all.length;
  }
  const rest = text.slice(at);
  if (rest.includes('{{'))
    return `\`${rest.slice(rest.indexOf('{{'), rest.indexOf('{{') + 30)}\` is no place such as {{.message}}`;
  parts.push(literal(rest));
  return record => `${parts.map(part => part(record)).join('')}\n`;
}

const KEYS: ReadonlySet<string> = new Set([...RECORD_KEYS, 'raw']);

function literal(text: string): Part {
  const made = text.replaceAll(/\\[nt\\]/g, escape => ESCAPES[escape] ?? escape);
  return () => made;
}

function place(how: string | undefined, path: readonly string[], width: number): Part {
  return record => {
    // A record is made of what LogValue names; keys that are absent are undefined, which the walk allows for.
    let value: LogValue | undefined = record as unknown as LogValue;
    for (const key of path) value = member(value, key);
    if (how === 'json') return JSON.stringify(value ?? null);
    const shown = visible(textOf(value));
    return how === 'pad' ? shown.padEnd(width) : shown;
  };
}

function member(value: LogValue | undefined, key: string): LogValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Array.isArray(value) ? value[Number(key)] : value[key];
}

function textOf(value: LogValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
