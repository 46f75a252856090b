import type {OemCodePage} from './oem.ts';
import {decodeOem} from './oem.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | OemCodePage;

/** Text and what it was written in. A byte order mark is not part of it. */
export interface DecodedText {
  text: string;
  encoding: TextEncoding;
}

const UTF8_MARK_BYTES = 3;

/** How many bytes are looked at to tell UTF-16 without a mark. */
const SAMPLE = 4096;

/**
 * Decodes a file of unknown making: by its byte order mark, else as UTF-16 where every other byte is zero as in Latin
 * text, else as UTF-8. With `oem`, text that is no UTF-8 is taken for that code page, as `cmd` redirects it; without, bytes
 * that are no UTF-8 become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, oem?: OemCodePage): DecodedText {
  const encoding = markOf(bytes) ?? utf16Of(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    return {text: new TextDecoder(encoding).decode(bytes), encoding};
  }
  if (encoding === undefined && oem !== undefined && !isUtf8(bytes)) {
    return {text: decodeOem(bytes, oem), encoding: oem};
  }
  return {text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8'};
}

const UTF8 = new TextDecoder('utf-8');

/** Decodes UTF-8, or a part of it that begins and ends with a character. */
export function decodeUtf8(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

/** A file of unknown making in UTF-8 without a mark: its own bytes, unless it is in UTF-16. */
export function utf8Of(bytes: Uint8Array): Uint8Array {
  const mark = markOf(bytes);
  if ((mark ?? utf16Of(bytes) ?? 'utf-8') !== 'utf-8')
    return new TextEncoder().encode(decodeText(bytes).text);
  return mark === undefined ? bytes : bytes.subarray(UTF8_MARK_BYTES);
}

/** Splits text into lines, whatever ends them: LF, CRLF or CR. A last line end makes no empty line. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** https://encoding.spec.whatwg.org/#bom-sniff */
function markOf(bytes: Uint8Array): TextEncoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** PowerShell's `>` writes UTF-16 with a mark, but pieces of such a file (and a few tools) have none. */
function utf16Of(bytes: Uint8Array): TextEncoding | undefined {
  const end = Math.min(bytes.length, SAMPLE) & ~1;
  if (end < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = end / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.1) return 'utf-16be';
  return undefined;
}

/** A file that was cut may end inside a character: that alone does not make it another encoding. */
function isUtf8(bytes: Uint8Array): boolean {
  for (let cut = 0; cut <= 3 && cut <= bytes.length; cut++) {
    try {
      new TextDecoder('utf-8', {fatal: true}).decode(bytes.subarray(0, bytes.length - cut));
      return cut === 0 || isLeadByte(bytes[bytes.length - cut]);
    } catch {
      // Not UTF-8 up to here; try without the last bytes.
    }
  }
  return false;
}

function isLeadByte(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0xc2 && byte <= 0xf4;
}
