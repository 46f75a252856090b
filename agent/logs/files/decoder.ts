import {decodeText} from '../../../src/capture/decode.ts';
import type {TextEncoding} from '../../../src/capture/decode.ts';
import {decodeOem} from '../../../src/capture/oem.ts';
import type {OemCodePage} from '../../../src/capture/oem.ts';

/** The code page of consoles of most systems; bytes that are no UTF-8 come from a script that redirected one. */
export const CONSOLE: OemCodePage = 'cp437';

/** Turns pieces of one file into text. */
export interface Decoder {
  /** Text of the next bytes; a character that is not whole yet waits. */
  decode(bytes: Uint8Array): string;
}

/** What a file is written in, by its first bytes. */
export function encodingOf(head: Uint8Array): TextEncoding {
  return decodeText(head, CONSOLE).encoding;
}

/** Decodes a file of this encoding from any place between two characters on. */
export function decoderOf(encoding: TextEncoding): Decoder {
  if (encoding === 'cp437' || encoding === 'cp850') return {decode: bytes => decodeOem(bytes, encoding)};
  const decoder = new TextDecoder(encoding);
  return {decode: bytes => decoder.decode(bytes, {stream: true})};
}

/** Bytes of one unit of text: pieces must start at a multiple of it. */
export function unitOf(encoding: TextEncoding): 1 | 2 {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}
