import {constants, createReadStream} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import {open} from 'node:fs/promises';
import {crc32} from 'node:zlib';
import type {FileContent} from '../../src/capture/files.ts';
import type {OpenOptions} from './open.ts';
import {LIMITS} from './limits.ts';
import type {ByteSource} from './source.ts';
import {fileSource} from './source.ts';
import {MARK_BYTES, markIn} from './tail-mark.ts';
import {firstOfTar} from './tar.ts';

const GZIP = Buffer.of(0x1f, 0x8b);
/** Bytes that are summed up at a time. */
const SUMMED = 1024 * 1024;

/** An archive whose end points to its manifest. */
export interface MarkedArchive {
  /** All of it. */
  whole: ByteSource;
  /** From the manifest on. */
  tail: ByteSource;
  /** The file to which the end points. */
  first: FileContent;
  /** Whether it is as it was written, to its last byte: done without unpacking it. */
  isWhole(): Promise<boolean>;
}

/**
 * Reads the file to which the end of an archive points, which is its manifest in those that we write. Undefined where there is no
 * such end, as in an archive that was cut, is encrypted, or is not ours: then all of it must be read.
 */
export async function readMarked(path: string, how: OpenOptions): Promise<MarkedArchive | undefined> {
  const {signal, limits = LIMITS} = how;
  const parts = await markedParts(path);
  if (!parts) return undefined;
  const first = await firstOfTar(parts.tail, {gzip: true, limits, ...(signal && {signal})});
  if (!first || first.problem !== undefined) return undefined;
  const isWhole = async (): Promise<boolean> => (await sumOf(path, parts.before, signal)) === parts.crc;
  return {...parts, first, isWhole};
}

/** Parts of an archive, and what its end tells of them. */
interface Parts extends Pick<MarkedArchive, 'whole' | 'tail'> {
  before: number;
  crc: number;
}

async function markedParts(path: string): Promise<Parts | undefined> {
  let handle: FileHandle | undefined;
  try {
    // Non-blocking: a pipe is left to whoever reads all of it.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await handle.stat();
    if (!facts.isFile()) return undefined;
    const {size} = facts;
    const mark = markIn(await bytesAt(handle, size - MARK_BYTES, MARK_BYTES), size);
    if (!mark) return undefined;
    for (const from of [0, mark.place])
      if (!(await bytesAt(handle, from, GZIP.length)).equals(GZIP)) return undefined;
    const partFrom = (place: number): ByteSource => fileSource(path, path, facts, place);
    return {...mark, whole: partFrom(0), tail: partFrom(mark.place)};
  } catch {
    // Whoever reads all of it says why it cannot be read.
    return undefined;
  } finally {
    await handle?.close();
  }
}

async function bytesAt(handle: FileHandle, from: number, bytes: number): Promise<Buffer> {
  if (from < 0) return Buffer.of();
  const {buffer, bytesRead} = await handle.read(Buffer.alloc(bytes), 0, bytes, from);
  return buffer.subarray(0, bytesRead);
}

async function sumOf(path: string, bytes: number, signal: AbortSignal | undefined): Promise<number> {
  const how = {end: bytes - 1, highWaterMark: SUMMED, ...(signal && {signal})};
  let sum = 0;
  const pieces: AsyncIterable<Buffer> = createReadStream(path, how);
  for await (const piece of pieces) sum = crc32(piece, sum);
  return sum;
}
