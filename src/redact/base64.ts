import type {Edit} from './edit.ts';
import {applyEdits} from './edit.ts';
import {MASK} from './mask.ts';

/** Shorter runs are words, names and digests; a secret with its name is longer. */
const MIN_RUN = 28;
/** More than this of one run is not decoded at once: it is no configuration. */
const MAX_RUN = 1 << 20;
/** 64 bytes in base64: keys of Azure's storage, Cosmos DB and Event Hubs; a digest of that size is written behind `sha512-`. */
const STORAGE_KEY = 86;

const IS_BASE64 = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
  IS_BASE64[char.charCodeAt(0)] = 1;

/** A run of characters of base64, without its padding. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** The runs of a text that may be more than words and digests. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  // A run of that length has a character at every such distance.
  for (let at = MIN_RUN - 1; at < text.length;) {
    if (!isBase64(text.charCodeAt(at))) {
      at += MIN_RUN;
      continue;
    }
    let start = at;
    while (start > 0 && at - start < MIN_RUN && isBase64(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (end < text.length && isBase64(text.charCodeAt(end))) end++;
    if (end - start >= MIN_RUN && !HEX.test(text.slice(start, start + PROBE))) runs.push({start, end});
    at = end + MIN_RUN;
  }
  return runs;
}

/** Digests; no text in base64 begins with so many digits and small letters. */
const HEX = /^[\da-f]+$/;

/** Finds secrets in what is written in base64 inside a text, and keys that are nothing but base64. */
export function base64Edits(text: string, find: (inner: string) => readonly Edit[]): Edit[] {
  return runsOf(text)
    .map(({start, end}) => runEdit(text, start, end, find))
    .filter(edit => edit !== undefined);
}

function isBase64(code: number): boolean {
  return code < 128 && IS_BASE64[code] === 1;
}

function runEdit(
  text: string,
  start: number,
  end: number,
  find: (inner: string) => readonly Edit[],
): Edit | undefined {
  const padding = text.startsWith('==', end) ? 2 : text[end] === '=' ? 1 : 0;
  if (end - start === STORAGE_KEY && padding === 2 && text.slice(start - 7, start) !== 'sha512-')
    return {start, end: end + 2, by: MASK, rule: 'storage-key'};
  if (end - start > MAX_RUN) return undefined;
  const decoded = decode(text.slice(start, end));
  if (decoded === undefined) return undefined;
  const edits = find(decoded.text);
  if (edits.length === 0) return undefined;
  const redacted = applyEdits(decoded.text, edits, new Map());
  const by = decoded.wide ? encodeWide(redacted) : encode(redacted);
  return {start, end: end + padding, by, rule: `base64:${edits[0]?.rule ?? ''}`};
}

/** Bytes at the beginning that tell text from anything else, so that digests and pictures are not decoded. */
const PROBE = 24;

interface Decoded {
  readonly text: string;
  /** As PowerShell's `-EncodedCommand` takes it. */
  readonly wide: boolean;
}

function decode(run: string): Decoded | undefined {
  const probe = bytesOf(run.slice(0, PROBE));
  const wide = isWide(probe);
  if (!wide && !isText(probe)) return undefined;
  const bytes = bytesOf(run.slice(0, run.length - (run.length % 4 === 1 ? 1 : 0)));
  if (!bytes) return undefined;
  if (wide) return {text: new TextDecoder('utf-16le').decode(bytes), wide};
  return isText(bytes) ? {text: new TextDecoder('utf-8').decode(bytes), wide} : undefined;
}

/** Latin text in UTF-16 has a zero in every other byte. */
function isWide(bytes: Uint8Array | undefined): boolean {
  return (
    bytes !== undefined &&
    bytes.length > 4 &&
    bytes.every((byte, n) => (n % 2 === 0 ? byte >= 9 && byte < 127 : byte === 0))
  );
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Text has no control characters but spaces and line ends; its other bytes are UTF-8. */
function isText(bytes: Uint8Array | undefined): boolean {
  if (!bytes) return false;
  let high = 0;
  for (const byte of bytes) {
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) return false;
    if (byte >= 128) high++;
  }
  return high <= bytes.length / 8;
}

function encode(text: string): string {
  const utf8 = encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return btoa(utf8);
}

function encodeWide(text: string): string {
  let bytes = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bytes += String.fromCharCode(code & 0xff, code >> 8);
  }
  return btoa(bytes);
}
