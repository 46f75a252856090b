import type {ByteString} from '../../logs/bytes.ts';
import {copyOf, decodeAscii} from '../../logs/bytes.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const COLON = 0x3a;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const LAST_PRINTABLE = 0x7e;
/** Integers of up to so many digits are exact in JavaScript. */
const EXACT_DIGITS = 15;

/** Takes the properties of events off their bytes where nothing in them is escaped: as the message that is made of them. */
export class PlainProperties {
  /** Names of the last event's properties: neighbours are mostly of one kind, and none of their names is there twice. */
  #names: ByteString[] = [];
  /** Those names, each with a quote behind it, as bytes. */
  #known = new Uint8Array(0);
  #message = new Uint8Array(4096);

  /**
   * `name: value name: value` of `"name":"value","name":1`, which stands from `from` to `to`. Undefined where something is
   * escaped, no integer that JavaScript holds, or named twice. `isPlain`: whether all of it is known to be printable ASCII without a backslash.
   */
  read(bytes: Uint8Array, from: number, to: number, isPlain: boolean): ByteString | undefined {
    // Each property has one character less in the message, and the last one has no gap behind it.
    if (this.#message.length < to - from + 2) this.#message = new Uint8Array(2 * (to - from));
    const message = this.#message;
    const known = this.#known;
    let isKnown = true;
    let name = 0;
    let length = 0;
    for (let at = from; at < to;) {
      if (bytes[at] !== QUOTE) return undefined;
      if (at > from) message[length++] = SPACE;
      at++;
      let code = 0;
      do {
        code = bytes[at++] ?? QUOTE;
        if (!isPlain && isSpecial(code)) return undefined;
        if (known[name++] !== code) isKnown = false;
        message[length++] = code;
      } while (code !== QUOTE);
      if (bytes[at] !== COLON) return undefined;
      message[length - 1] = COLON;
      message[length++] = SPACE;
      at++;
      if (bytes[at] === QUOTE) {
        for (at++; at < to; at++) {
          code = bytes[at] ?? QUOTE;
          if (code === QUOTE) break;
          if (!isPlain && isSpecial(code)) return undefined;
          message[length++] = code;
        }
        at++;
      } else {
        const end = integerEnd(bytes, at);
        if (end < 0) return undefined;
        while (at < end) message[length++] = bytes[at++] ?? 0;
      }
      if (at > to || (at < to && bytes[at] !== COMMA)) return undefined;
      at++;
    }
    if ((!isKnown || name !== known.length) && !this.#learn(bytes, from, to)) return undefined;
    return decodeAscii(message, length);
  }

  /** Keeps the names of properties whose shape was found to be right; false where one is there twice. */
  #learn(bytes: Uint8Array, from: number, to: number): boolean {
    const names: ByteString[] = [];
    let isName = true;
    for (let at = from; at < to; at++) {
      if (bytes[at] === COMMA) isName = true;
      if (bytes[at] !== QUOTE) continue;
      let end = at + 1;
      while (bytes[end] !== QUOTE) end++;
      if (isName) names.push(decodeAscii(bytes.subarray(at + 1, end), end - at - 1));
      isName = false;
      at = end;
    }
    if (new Set(names).size < names.length) return false;
    this.#names = names.map(copyOf);
    this.#known = Uint8Array.from(this.#names.map(text => `${text}"`).join(''), char => char.charCodeAt(0));
    return true;
  }
}

/** Whether a byte must be looked at closely: a control character, an escape, or beyond ASCII. */
function isSpecial(code: number): boolean {
  return code < SPACE || code === BACKSLASH || code > LAST_PRINTABLE;
}

/** Where an integer ends that is written as JSON and JavaScript write it, or -1. */
function integerEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let end = first;
  for (let code = bytes[end] ?? 0; code >= DIGIT_0 && code <= DIGIT_9; code = bytes[end] ?? 0) end++;
  const isZero = bytes[first] === DIGIT_0;
  if (end === first || end - first > EXACT_DIGITS || (isZero && (end > first + 1 || first > from))) return -1;
  return end;
}
