/**
 * Bytes held in a string, one char a byte, as Node's `latin1` gives them. Searching and cutting such strings is native and
 * copies nothing, and what is only passed on keeps its bytes, whatever encoding they were meant in.
 */
export type ByteString = string;

const NOT_ASCII = /[\x80-\xff]/;
const BEYOND_ASCII = /[^\x00-\x7f]/;
/** What JSON text may not hold as it is, and what would need decoding first. */
const NOT_PLAIN_JSON = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;
/** How many bytes go into one call of `fromCharCode`: more could overflow the stack. */
const STRIDE = 8192;

let scratch = new Uint8Array(4096);
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Decodes UTF-8; what is none becomes U+FFFD, as everywhere. */
export function decodeUtf8(bytes: ByteString): string {
  if (!NOT_ASCII.test(bytes)) return bytes;
  if (scratch.length < bytes.length) scratch = new Uint8Array(bytes.length * 2);
  for (let i = 0; i < bytes.length; i++) scratch[i] = bytes.charCodeAt(i);
  return decoder.decode(scratch.subarray(0, bytes.length));
}

/** Text of the first so many of bytes that are ASCII. */
export function decodeAscii(bytes: Uint8Array, length: number): string {
  return decoder.decode(bytes.subarray(0, length));
}

/** Encodes as UTF-8; halves of surrogate pairs become U+FFFD. */
export function encodeUtf8(text: string): ByteString {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let bytes = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += char;
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), tail(code));
    else if (code >= 0xd800 && code <= 0xdfff) bytes += '\xef\xbf\xbd';
    else if (code < 0x1_0000) bytes += String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes += String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

/** Bytes as a byte string. Slower than `Buffer.latin1Slice`, which callers that have it use; of ASCII only a little. */
export function byteString(bytes: Uint8Array): ByteString {
  const ascii = decoder.decode(bytes);
  if (ascii.length === bytes.length && !BEYOND_ASCII.test(ascii)) return ascii;
  let text = '';
  for (let i = 0; i < bytes.length; i += STRIDE) {
    // It takes whatever has a length, and does not go through an array's iterator, which is ten times slower.
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(i, i + STRIDE));
  }
  return text;
}

/** A copy of its own of a short byte string that is cut from a long one. */
export function copyOf(bytes: ByteString): ByteString {
  let copy = '';
  for (let i = 0; i < bytes.length; i++) copy += bytes.charAt(i);
  return copy;
}

/** Four spaces: a byte below one borrows from its highest bit when they are taken away. */
const BELOW_SPACE = 0x20202020;
/** The highest bit of each of four bytes, as a signed integer: the engine keeps those out of its heap. */
const HIGH_BITS = 0x80808080 | 0;
/** Words that are looked at together. */
const STEP = 4;
/** Fewer bytes are looked at one by one. */
const FEW = 32;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Whether lines hold nothing but ASCII without control characters, their ends aside. Asked once for many lines, it spares
 * looking at each byte of each line again.
 */
export function isCleanText(bytes: Uint8Array): boolean {
  if (bytes.length < FEW) return areCleanBytes(bytes, 0, bytes.length);
  const head = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >> 2);
  if (!areCleanBytes(bytes, 0, head)) return false;
  const end = words.length - (words.length % STEP);
  for (let i = 0; i < end; i += STEP) {
    // The indexes are within bounds.
    const a = words[i] as number;
    const b = words[i + 1] as number;
    const c = words[i + 2] as number;
    const d = words[i + 3] as number;
    const seen =
      a | (a - BELOW_SPACE) | b | (b - BELOW_SPACE) | c | (c - BELOW_SPACE) | d | (d - BELOW_SPACE);
    if ((seen & HIGH_BITS) !== 0 && !areCleanBytes(bytes, head + i * 4, head + (i + STEP) * 4)) return false;
  }
  return areCleanBytes(bytes, head + end * 4, bytes.length);
}

function areCleanBytes(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x7f) return false;
    if (byte >= 0x20 || byte === LF) continue;
    // A CR belongs to the end of a line only before its LF.
    const next = bytes[i + 1];
    if (byte !== CR || (next !== LF && next !== CR)) return false;
  }
  return true;
}

/** Whether bytes can stand between the quotes of a JSON string as they are: ASCII, nothing to escape. */
export function isPlainJson(bytes: ByteString): boolean {
  return !NOT_PLAIN_JSON.test(bytes);
}

/** Bytes as a JSON string with its quotes, in UTF-8. */
export function jsonOfBytes(bytes: ByteString): ByteString {
  return isPlainJson(bytes) ? `"${bytes}"` : encodeUtf8(JSON.stringify(decodeUtf8(bytes)));
}
