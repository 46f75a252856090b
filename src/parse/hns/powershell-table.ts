import {kindOf} from './kind-of.ts';
import {readPrinted} from './powershell-value.ts';
import type {Found, TextCut, TextObject} from './text.ts';

/** The line below the names of columns. */
const DASHES = /^-+(?: +-+)*\s*$/;

/** Whether a line is the heading of a table as `Format-Table` prints it. */
export function beginsTable(lines: readonly string[], at: number): boolean {
  return (lines[at] ?? '').trim() !== '' && DASHES.test(lines[at + 1] ?? '');
}

/**
 * Reads a table as PowerShell's `Format-Table` prints it (`Get-HnsNetwork | Select Name, Type, Id`): the columns stand where the
 * dashes do.
 */
export function readTable(lines: readonly string[], from: number): Found {
  const starts = [...(lines[from + 1] ?? '').matchAll(/-+/g)].map(m => m.index);
  const names = columnsOf(lines[from] ?? '', starts);
  const objects: TextObject[] = [];
  const cuts: TextCut[] = [];
  let at = from + 2;
  for (; at < lines.length && (lines[at] ?? '').trim() !== ''; at++) {
    const entries = columnsOf(lines[at] ?? '', starts).map((text, i) => {
      const name = names[i] ?? '';
      const cell = /^(.*?)(?:\.\.\.|…)$/s.exec(text);
      if (cell) cuts.push({line: at + 1, why: 'list', field: name});
      return [name, readPrinted(cell?.[1] ?? text, name).value] as const;
    });
    const raw = Object.fromEntries(entries);
    objects.push({raw, kind: kindOf(raw), line: at + 1});
  }
  return {objects, cuts, next: at};
}

function columnsOf(line: string, starts: readonly number[]): string[] {
  return starts.map((start, i) => line.slice(start, starts[i + 1]).trim());
}
