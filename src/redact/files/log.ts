import type {Counts, Edit} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {findSecrets} from '../find.ts';

/** A line of a container's log as CRI writes it, that goes on in the next (`P`) or ends (`F`). */
const CRI = /^(\S{20,40} (stdout|stderr) )([PF])( )/;
const HAS_PARTIAL = / (?:stdout|stderr) P /;

/** One piece of a line that CRI cut: which line, and where its text begins. */
interface Piece {
  readonly line: number;
  readonly offset: number;
  readonly text: string;
}

/** Redacts a log. Lines stay as many as they were; what CRI cut into several is looked at as a whole. */
export function redactLog(text: string, counts: Counts): string {
  if (!HAS_PARTIAL.test(text)) return applyEdits(text, findSecrets(text), counts);
  const lines = text.split('\n');
  for (const pieces of partials(lines)) redactPieces(lines, pieces, counts);
  const joined = lines.join('\n');
  return applyEdits(joined, findSecrets(joined), counts);
}

/** The pieces of every line that was cut, for either stream. */
function* partials(lines: readonly string[]): Generator<Piece[]> {
  const open = new Map<string, Piece[]>();
  for (const [line, text] of lines.entries()) {
    const found = CRI.exec(text.slice(0, 80));
    if (!found) continue;
    const [head, , stream = '', tag] = found;
    const pieces = open.get(stream) ?? [];
    pieces.push({line, offset: head.length, text: text.slice(head.length)});
    if (tag === 'P') open.set(stream, pieces);
    else {
      open.delete(stream);
      if (pieces.length > 1) yield pieces;
    }
  }
  for (const pieces of open.values()) if (pieces.length > 1) yield pieces;
}

function redactPieces(lines: string[], pieces: readonly Piece[], counts: Counts): void {
  const edits = findSecrets(pieces.map(piece => piece.text).join(''));
  if (edits.length === 0) return;
  for (const {rule} of edits) count(counts, rule);
  let start = 0;
  for (const {line, offset, text} of pieces) {
    const end = start + text.length;
    const own = edits
      .filter(edit => edit.start < end && edit.end > start)
      .map(edit => within(edit, start, end));
    lines[line] = (lines[line] ?? '').slice(0, offset) + applyEdits(text, own, new Map());
    start = end;
  }
}

/** The part of an edit that falls on one piece; its replacement stands where it begins. */
function within({start, end, by, rule}: Edit, from: number, to: number): Edit {
  return {
    start: Math.max(start, from) - from,
    end: Math.min(end, to) - from,
    by: start >= from ? by : '',
    rule,
  };
}
