import {MASK} from '../mask.ts';
import type {Edit} from '../edit.ts';
import type {Look} from './look.ts';

/** A key of RSA with 16,384 bits has 12.5 KB; with prefixes of a log's lines twice that. */
export const MAX_KEY_CHARS = 1 << 16;
const BEGIN = /-----begin ((?:[a-z0-9]{1,12} ){0,4}private key(?: block)?)-----/y;
const LINE_END = /(?:\\{1,4}r)?\\{1,4}n|\r?\n|\\{1,4}r/g;
const BASE64 = /[A-Za-z0-9+/=]/;
/** Lines of a key whose end is missing are known by their length. */
const MIN_BODY = 16;

/**
 * The lines of a private key, one edit for each, so that a log keeps its lines: up to its end, or as long as lines look like
 * one where it was cut.
 */
export function privateKey({text, low, at}: Look): Edit[] {
  BEGIN.lastIndex = at;
  const begin = BEGIN.exec(low);
  if (!begin) return [];
  const start = at + begin[0].length;
  const limit = Math.min(text.length, start + MAX_KEY_CHARS);
  // No key holds five hyphens: it ends at the next, whatever that is.
  const close = text.slice(start, limit).indexOf('-----');
  const end = close === -1 ? limit : start + close;
  const closed = low.startsWith('-----end ', end);
  const edits: Edit[] = [];
  const body = text.slice(start, end);
  let from = 0;
  LINE_END.lastIndex = 0;
  for (;;) {
    const stop = LINE_END.exec(body);
    const line = body.slice(from, stop ? stop.index : body.length);
    const length = bodyLength(line);
    // Without its end nobody knows where a key ends: the first line that is none of it.
    if (!closed && from > 0 && line !== '' && length < MIN_BODY && !line.includes(':')) break;
    if (length > 0) {
      const last = start + from + line.length;
      edits.push({start: last - length, end: last, by: MASK, rule: 'private-key'});
    }
    if (!stop) break;
    from = stop.index + stop[0].length;
  }
  return edits;
}

/** How much of a line's end is base64; a log writes its own prefix before it. */
function bodyLength(line: string): number {
  let length = 0;
  while (length < line.length && BASE64.test(line[line.length - 1 - length] ?? '')) length++;
  return length;
}
