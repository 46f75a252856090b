/**
 * What a terminal, a page or a log viewer may obey instead of show: control characters (C0, DEL, C1), format characters
 * (bidirectional overrides, zero-width ones, tags), line and paragraph separators, halves of surrogate pairs, non-characters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu;

const SHORT = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

/** Writes a stranger's string on one line, with everything that acts instead of showing as a visible escape: `\x1b[31m`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, char => SHORT.get(char) ?? escapeOf(char));
}

/** Escapes unseen characters inside JSON text, where only strings can hold them. The value stays the same. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, char => (char === '\n' ? char : unitsOf(char)));
}

/** Whether a string has anything in it that `visible` would change. */
export function hasUnseen(text: string): boolean {
  UNSEEN.lastIndex = 0;
  return UNSEEN.test(text);
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return String.raw`\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x1_0000) return String.raw`\u${code.toString(16).padStart(4, '0')}`;
  return String.raw`\u{${code.toString(16)}}`;
}

function unitsOf(char: string): string {
  return Array.from({length: char.length}, (_, i) => {
    const unit = char.charCodeAt(i).toString(16).padStart(4, '0');
    return String.raw`\u${unit}`;
  }).join('');
}
