/** Called where a word stands; answers from where to go on. */
export type Visit = (at: number, word: string) => number;

/** Characters fall into so many classes, by 5 bits; three of them, one after the other, choose a row of words. */
const BITS = 5;
const CLASSES = 1 << BITS;
const ROWS = 1 << (3 * BITS);
const BYTES = 256;

/** Characters that share a class: they are seldom what tells words apart. */
const SHARED = ['0123456789', '_-.', '=~'];

/** So much of a text is looked at at a time, as bytes: the fastest cache has room for it. */
const WINDOW = 8 * 1024;
/** What one window and the next have both, so that no word is cut. */
const OVERLAP = 4;
/** Fewer characters become bytes sooner one by one. */
const FEW = 64;

const encoder = new TextEncoder();

/**
 * Makes a scanner for many short words of ASCII at once: it calls `visit` where one of them stands, from the left, the longest
 * first, in a text of small letters. It looks at each pair of characters once, which is some eight times as fast as an expression
 * of all words: a pair that stands in no word's beginning ends the matter. What three characters leave open is compared.
 */
export function wordScanner(words: readonly string[]): (low: string, visit: Visit) => void {
  const classes = classesOf(words);
  const {rows, chosen} = rowsOf(words, classes);
  const pairs = pairsOf(words);
  let spare: Uint8Array | undefined = new Uint8Array(WINDOW + OVERLAP);
  return (low, visit) => {
    // Whoever is called may scan another text: it takes bytes of its own.
    const bytes = spare ?? new Uint8Array(WINDOW + OVERLAP);
    spare = undefined;
    const twos = new Uint16Array(bytes.buffer);
    let next = 0;
    for (let from = 0; ; from += WINDOW - OVERLAP) {
      const length = Math.min(WINDOW, low.length - from);
      const isLast = from + length === low.length;
      fill(bytes, low, from, length);
      // A word that begins in the last bytes is seen as a whole in the next window.
      const end = isLast ? length : length - 2;
      for (let at = Math.max(0, next - from) & ~1; at < length; at += 2) {
        // The indexes are within bounds.
        const two = twos[at >> 1] as number;
        if ((((pairs[two >> 5] as number) >> (two & 31)) & 1) === 0) continue;
        for (let start = Math.max(0, at - 1, next - from); start <= at + 1 && start < end; start++) {
          const row = rowAt(classes, bytes, start);
          const which = chosen[row] as number;
          const word = which === 0 ? undefined : firstOf(rows[which] ?? [], low, from + start);
          if (word === undefined) continue;
          next = Math.max(visit(from + start, word), from + start + word.length);
          start = next - from - 1;
        }
        if (next - from > at + 2) at = ((next - from) & ~1) - 2;
      }
      if (isLast) break;
    }
    spare = bytes;
  };
}

/** Puts a part of a text down as bytes, and nothing behind it. What is not ASCII becomes some byte: what follows compares. */
function fill(bytes: Uint8Array, low: string, from: number, length: number): void {
  const part = length < FEW ? undefined : low.slice(from, from + length);
  if (part === undefined || !isAsciiInto(bytes, part))
    for (let at = 0; at < length; at++) bytes[at] = low.charCodeAt(from + at);
  bytes.fill(0, length, length + OVERLAP);
}

function isAsciiInto(bytes: Uint8Array, part: string): boolean {
  const {read, written} = encoder.encodeInto(part, bytes);
  return read === part.length && written === read;
}

function rowAt(classes: Uint8Array, bytes: Uint8Array, at: number): number {
  // Two bytes follow the last of a window.
  const first = classes[bytes[at] as number] as number;
  const second = classes[bytes[at + 1] as number] as number;
  const third = classes[bytes[at + 2] as number] as number;
  return (first << (2 * BITS)) | (second << BITS) | third;
}

function firstOf(words: readonly string[], low: string, at: number): string | undefined {
  for (const word of words) if (low.startsWith(word, at)) return word;
  return undefined;
}

/** The class of each byte; none is that of all that stands in no word. */
function classesOf(words: readonly string[]): Uint8Array {
  const classes = new Uint8Array(BYTES);
  const used = new Set(words.flatMap(word => word.slice(0, 3).split('')));
  let last = 0;
  for (const group of SHARED) {
    last++;
    for (const char of group) classes[char.charCodeAt(0)] = last;
  }
  for (const char of used) {
    const code = char.charCodeAt(0);
    if ((classes[code] ?? 0) > 0) continue;
    // The last class is for all for which there is none left.
    last = Math.min(last + 1, CLASSES - 1);
    classes[code] = last;
  }
  return classes;
}

/** The words of each row, the longest first, and which of them three characters choose. */
function rowsOf(words: readonly string[], classes: Uint8Array): {rows: string[][]; chosen: Uint8Array} {
  const byRow = new Map<number, string[]>();
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    const head = Math.min(word.length, 3);
    let row = 0;
    for (let at = 0; at < head; at++) row = (row << BITS) | (classes[word.charCodeAt(at)] ?? 0);
    // Behind a word of two characters, or of one, may stand anything.
    const open = (3 - head) * BITS;
    for (let after = 0; after < 1 << open; after++) {
      const at = (row << open) | after;
      byRow.set(at, [...(byRow.get(at) ?? []), word]);
    }
  }
  const rows: string[][] = [[]];
  const known = new Map<string, number>();
  const chosen = new Uint8Array(ROWS);
  for (const [row, entries] of byRow) {
    const name = entries.join('\0');
    const which = known.get(name) ?? rows.push(entries) - 1;
    known.set(name, which);
    chosen[row] = which;
  }
  return {rows, chosen};
}

/** A bit for each pair of bytes, as the machine reads two: whether it can be where a word begins, at its first byte or its second. */
function pairsOf(words: readonly string[]): Uint32Array {
  const bits = new Uint32Array((BYTES * BYTES) / 32);
  const bytes = new Uint8Array(2);
  const two = new Uint16Array(bytes.buffer);
  const add = (first: number, second: number): void => {
    bytes[0] = first;
    bytes[1] = second;
    const pair = two[0] ?? 0;
    bits[pair >> 5] = (bits[pair >> 5] ?? 0) | (1 << (pair & 31));
  };
  const each = (call: (byte: number) => void): void => {
    for (let byte = 0; byte < BYTES; byte++) call(byte);
  };
  for (const word of words) {
    const [first, second, third] = [word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2)];
    if (word.length === 1) each(byte => add(first, byte));
    else add(first, second);
    if (word.length === 1) each(byte => add(byte, first));
    else if (word.length === 2) each(byte => add(second, byte));
    else add(second, third);
  }
  return bits;
}
