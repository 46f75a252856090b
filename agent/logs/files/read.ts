import type {FileHandle} from 'node:fs/promises';
import type {TextEncoding} from '../../../src/capture/decode.ts';
import {encodingOf, unitOf} from './decoder.ts';

const CHUNK = 256 * 1024;
/** Bytes that decide what a file is written in. */
const HEAD = 4096;

/** Reads a range of a file piece by piece; ends early where the file does. */
export async function* readRange(
  handle: FileHandle,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = from; at < to;) {
    const {bytesRead, buffer} = await handle.read(new Uint8Array(Math.min(CHUNK, to - at)), {position: at});
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** The first bytes of a file, at most `bytes`. */
export async function readHead(handle: FileHandle, bytes = HEAD): Promise<Uint8Array> {
  const {bytesRead, buffer} = await handle.read(new Uint8Array(bytes), {position: 0});
  return buffer.subarray(0, bytesRead);
}

/** Where the last `lines` lines of a file begin, and how many there are if it has fewer. */
export async function lastLines(
  handle: FileHandle,
  {size, lines}: {size: number; lines: number},
): Promise<{offset: number; lines: number}> {
  if (lines === 0) return {offset: size, lines: 0};
  const encoding = encodingOf(await readHead(handle));
  let found = 0;
  let end = size;
  while (end > 0) {
    const start = Math.max(0, end - CHUNK);
    const chunk = await readWhole(handle, start, end);
    for (let i = chunk.length - 1; i >= 0; i--) {
      if (!endsLine(chunk, {at: i, offset: start, encoding})) continue;
      const after = start + i + unitOf(encoding) - (encoding === 'utf-16be' ? 1 : 0);
      // What ends the last line begins none.
      if (after >= size) continue;
      if (++found === lines) return {offset: after, lines};
    }
    end = start;
  }
  return {offset: 0, lines: size === 0 ? 0 : found + 1};
}

/** Whether a line feed stands here: in UTF-16 the byte 0x0A may also be half of another character. */
function endsLine(
  chunk: Uint8Array,
  {at, offset, encoding}: {at: number; offset: number; encoding: TextEncoding},
): boolean {
  if (chunk[at] !== 0x0a) return false;
  if (unitOf(encoding) === 1) return true;
  const isFirst = (offset + at) % 2 === 0;
  return encoding === 'utf-16le' ? isFirst && chunk[at + 1] === 0 : !isFirst && chunk[at - 1] === 0;
}

async function readWhole(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of readRange(handle, from, to)) parts.push(part);
  return Buffer.concat(parts);
}
