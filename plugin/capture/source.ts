import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import type {TakePiece} from '../../src/capture/files.ts';

/** Bytes that can be read more than once: a file, or what came through a pipe. */
export interface ByteSource {
  /** As the user named it. */
  readonly name: string;
  readonly size: number;
  /** RFC 3339. */
  readonly modified?: string;
  /** Path, where it is a file; zip archives are read from there at any place. */
  readonly path?: string;
  /** It can be read from its start only. */
  readonly isStream?: true;
  head(bytes: number): Promise<Uint8Array>;
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

const CHUNK = 256 * 1024;

/** A regular file, from a place in it on. */
export function fileSource(
  name: string,
  path: string,
  facts: {size: number; mtime: Date},
  start = 0,
): ByteSource {
  return {
    name,
    path,
    size: facts.size - start,
    modified: facts.mtime.toISOString(),
    async head(bytes) {
      const handle = await open(path, 'r');
      try {
        const {buffer, bytesRead} = await handle.read(Buffer.alloc(bytes), 0, bytes, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    stream: signal => createReadStream(path, {start, highWaterMark: CHUNK, ...(signal && {signal})}),
  };
}

/** What was read into memory. */
export function memorySource(name: string, content: Uint8Array): ByteSource {
  return {
    name,
    size: content.length,
    head: bytes => Promise.resolve(content.subarray(0, bytes)),
    async *stream() {
      for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
    },
  };
}

/** How bytes are gathered. */
export interface Gather {
  /** What is beyond the limit is passed over to the end: streams inside a stream may not be left half-way. */
  drain?: boolean;
  /** The SHA-256 of all bytes is wanted, those beyond the limit included. */
  hashes?: boolean | undefined;
  /** Takes the bytes up to the limit as they come; none are kept. */
  into?: TakePiece | undefined;
}

/** Bytes that were gathered. */
export interface Gathered {
  bytes: Uint8Array;
  /** Whether there were others. */
  more: boolean;
  error?: unknown;
  sha256?: string;
}

/** Reads up to `limit` bytes. An error in the middle keeps what came before, and no hash is told. */
export async function gather(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  {drain = false, hashes = false, into}: Gather = {},
): Promise<Gathered> {
  const hash = hashes ? createHash('sha256') : undefined;
  const parts: Uint8Array[] = [];
  const take = into ?? ((piece): void => void parts.push(piece));
  let length = 0;
  let more = false;
  try {
    for await (const chunk of chunks) {
      const room = limit - length;
      if (room > 0) take(chunk.length > room ? chunk.subarray(0, room) : chunk);
      length += Math.min(chunk.length, room);
      more ||= chunk.length > room;
      hash?.update(chunk);
      if (more && !drain && !hash) break;
    }
  } catch (error) {
    return {bytes: Buffer.concat(parts), more, error};
  }
  return {bytes: Buffer.concat(parts), more, ...(hash && {sha256: hash.digest('hex')})};
}
