import fs from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';

/**
 * The guides that the catalogue answers lie beside the checkout, or where `GUIDES_DIR` says; they are other people's
 * texts and no part of the project. Without them tests that need them are skipped and counted, and fail under `CI=true`.
 */
const GUIDES_DIR = process.env['GUIDES_DIR'] ?? path.resolve(import.meta.dirname, '../../../shared/guides');

/** A guide's number as file names and the map of statements give it: `002`. */
export type GuideNumber = '000' | '001' | '002' | '003' | '004';

/** Declares a test that reads guides by their numbers. */
export function testWithGuides(
  title: string,
  run: (t: ExecutionContext, read: (guide: GuideNumber) => string[]) => void,
): void {
  if (fs.existsSync(GUIDES_DIR)) test(title, t => run(t, linesOf));
  else if (process.env['CI'] === 'true')
    test(title, t => t.fail(`no guides at ${GUIDES_DIR}: set GUIDES_DIR`));
  else test.skip(title, () => {});
}

/** All lines of a guide; line 1 has index 0. */
function linesOf(guide: GuideNumber): string[] {
  const name = fs.readdirSync(GUIDES_DIR).find(file => file.startsWith(`${guide}_`));
  if (name === undefined) throw new Error(`there is no guide ${guide} in ${GUIDES_DIR}`);
  return fs.readFileSync(path.join(GUIDES_DIR, name), 'utf8').split('\n');
}

/** The text of the fenced block that opens at a line, without the fence's own indent. */
export function fencedAt(lines: readonly string[], line: number): string[] {
  const opening = /^( *)```/.exec(lines[line - 1] ?? '');
  if (!opening) throw new Error(`line ${line} opens no block`);
  const indent = opening[1]?.length ?? 0;
  const end = lines.findIndex((text, i) => i >= line && text.trim() === '```');
  return lines
    .slice(line, end)
    .map(text => (text.slice(0, indent).trim() === '' ? text.slice(indent) : text));
}

/** Lines of a guide by their numbers, both included. */
export function linesBetween(lines: readonly string[], from: number, to: number): string[] {
  return lines.slice(from - 1, to);
}
