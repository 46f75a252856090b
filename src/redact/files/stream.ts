import type {Counts} from '../edit.ts';
import {MAX_KEY_CHARS} from '../forms/pem.ts';
import {redactLog} from './log.ts';

/** Longest line that is kept together; a longer one goes on as several. Bounds the memory of a log without line ends. */
const MAX_LINE = 1 << 20;
/** A long line is cut at a space, where there is one so near, lest it be cut inside a secret. */
const NEAR = 4096;
/** Text that is held back at most so that a key or a line of several pieces is seen as a whole. */
const MAX_HELD = 1 << 20;

const KEY_BEGINS = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/g;
const PARTIAL_END = /(?:^|\n)\S{20,40} (?:stdout|stderr) P [^\n]*\n$/;

/** Redacts a log that comes in pieces. */
export interface LogRedactor {
  /** The text that is whole now. */
  push(text: string): string;
  /** The rest. */
  end(): string;
}

/** Makes a redactor of one log; it adds to `counts` what it finds. Every line end stays. */
export function logRedactor(counts: Counts): LogRedactor {
  let rest = '';
  return {
    push(text) {
      rest += text;
      const end = wholeEnd(rest);
      const whole = rest.slice(0, end);
      rest = rest.slice(end);
      return whole === '' ? '' : redactLog(whole, counts);
    },
    end() {
      const last = rest;
      rest = '';
      return last === '' ? '' : redactLog(last, counts);
    },
  };
}

/** How much of a text can be redacted by itself. */
function wholeEnd(text: string): number {
  const end = text.lastIndexOf('\n') + 1;
  if (end > 0) return Math.min(keyStart(text, end), partialStart(text, end));
  if (text.length <= MAX_LINE) return 0;
  const space = text.lastIndexOf(' ');
  return space > text.length - NEAR ? space + 1 : text.length;
}

/** Where a private key begins whose end has not come; the end of the text where there is none. */
function keyStart(text: string, end: number): number {
  const from = Math.max(0, end - MAX_KEY_CHARS);
  let start = end;
  KEY_BEGINS.lastIndex = from;
  for (let found = KEY_BEGINS.exec(text); found && found.index < end; found = KEY_BEGINS.exec(text)) {
    start = text.indexOf('-----END', found.index) === -1 ? found.index : end;
  }
  return start === end ? end : text.lastIndexOf('\n', start) + 1;
}

/** Where a line of several pieces begins whose last has not come. */
function partialStart(text: string, end: number): number {
  let start = end;
  while (end - start < MAX_HELD) {
    const line = text.lastIndexOf('\n', start - 2) + 1;
    if (start <= line || !PARTIAL_END.test(text.slice(line, start))) return start;
    start = line;
  }
  return end;
}
