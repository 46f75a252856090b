/** Takes no column: combining marks and format characters. */
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** First and last code points of the blocks whose characters take two columns (Unicode TR 11, Wide and Fullwidth). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1_f300, 0x1_f64f],
  [0x1_f680, 0x1_f6ff],
  [0x1_f900, 0x1_faff],
  [0x2_0000, 0x3_fffd],
];

/** How many columns of a terminal a string takes. It holds no control characters (`visible`). */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += columnsOfChar(char);
  return columns;
}

function columnsOfChar(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO.test(char)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Fills up with spaces to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Cuts to a number of columns, the last of which is then an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  return `${takeColumns(text, columns - 1)}…`;
}

/**
 * Breaks into lines of at most `columns` columns, the first of `first`: at spaces, and inside a word only where it is
 * longer than a line.
 */
export function wrap(text: string, columns: number, first = columns): string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => (lines.length === 0 ? first : columns);
  for (const atom of atomsOf(text, columns)) {
    const joined = line === '' ? atom : `${line} ${atom}`;
    if (columnsOf(joined) <= room()) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = atom;
    // A word of megabytes is taken apart in one pass: only its last piece is still open.
    for (let head = takeColumns(line, room()); head.length < line.length; head = takeColumns(line, room())) {
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Paints what stands in back-ticks, and the back-ticks, also where that goes over a line's end. */
export function paintCode(lines: readonly string[], paint: (text: string) => string): string[] {
  let inside = false;
  return lines.map(line => {
    const parts = line.split('`');
    let painted = '';
    let span = '';
    for (const [i, part] of parts.entries()) {
      const tick = i < parts.length - 1 ? '`' : '';
      if (inside) {
        span += part + tick;
        painted += tick === '' ? '' : paint(span);
        if (tick !== '') span = '';
      } else {
        painted += part;
        span = tick;
      }
      if (tick !== '') inside = !inside;
    }
    return span === '' ? painted : painted + paint(span);
  });
}

/** Words, where a command in back-ticks counts as one if it fits on a line: a command is copied whole. */
function atomsOf(text: string, columns: number): string[] {
  const atoms: string[] = [];
  let open: string[] = [];
  let inside = false;
  for (const word of text.split(' ').filter(w => w !== '')) {
    open.push(word);
    if (hasOddTicks(word)) inside = !inside;
    if (inside) continue;
    // One by one: spread arguments are limited, and strangers write texts of any number of words.
    if (open.length === 1 || columnsOf(open.join(' ')) <= columns) atoms.push(open.join(' '));
    else for (const part of open) atoms.push(part);
    open = [];
  }
  for (const part of open) atoms.push(part);
  return atoms;
}

function hasOddTicks(word: string): boolean {
  return (word.split('`').length - 1) % 2 === 1;
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const char of text) {
    used += columnsOfChar(char);
    // One character is always taken, so that no width can stop the caller's loop from ending.
    if (used > columns && taken !== '') break;
    taken += char;
  }
  return taken;
}
