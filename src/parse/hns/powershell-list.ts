import {kindOf} from './kind-of.ts';
import {readPrinted} from './powershell-value.ts';
import type {Found, TextCut} from './text.ts';

/** `Name               : value`, the colon in one column for all properties of an object. */
const PROPERTY = /^([A-Za-z]\w*) +:(?: |$)/;

/** Whether a line begins an object as `Format-List` prints it. */
export function beginsList(line: string): boolean {
  return PROPERTY.test(line);
}

interface Property {
  name: string;
  text: string;
  line: number;
}

/**
 * Reads one object as PowerShell's `Format-List` prints it, from a line that begins it to the empty line behind it: a
 * property a line, long values wrapped.
 */
export function readList(lines: readonly string[], from: number): Found {
  const column = (lines[from] ?? '').indexOf(':');
  const properties: Property[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const property = properties.at(-1);
    const named = line.indexOf(':') === column ? PROPERTY.exec(line)?.[1] : undefined;
    if (named !== undefined) properties.push({name: named, text: line.slice(column + 1), line: at + 1});
    else if (property && continues(line, column, property.text)) property.text = joined(property.text, line);
    else break;
  }
  const cuts: TextCut[] = [];
  const entries = properties.map(({name, text, line}) => {
    const read = readPrinted(text.trim(), name);
    cuts.push(...read.cuts.map(cut => ({...cut, line})));
    return [name, read.value] as const;
  });
  const raw = Object.fromEntries(entries);
  return {objects: [{raw, kind: kindOf(raw), line: from + 1}], cuts, next: at};
}

/** Whether a line is the rest of a value: indented to its column, or at the margin inside of braces, as consoles wrap. */
function continues(line: string, column: number, before: string): boolean {
  if (line.trim() === '') return false;
  return /^\s*$/.test(line.slice(0, column + 1)) || isOpen(before);
}

function isOpen(text: string): boolean {
  let open = 0;
  for (const char of text) open += char === '{' ? 1 : char === '}' ? -1 : 0;
  return open > 0;
}

/** Lines are wrapped between words; the blank stays at the end, or is lost where somebody copied the text. */
function joined(before: string, line: string): string {
  return `${before.trimEnd()} ${line.trim()}`;
}
