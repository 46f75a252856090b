import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';

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

/** A regular file. */
export function fileSource(name: string, path: string, facts: {size: number; mtime: Date}): ByteSource {
  return {
    name,
    path,
    size: facts.size,
    modified: facts.mtime.toISOString(),
    async head(bytes) {
      const handle = await open(path, 'r');
      try {
        const {buffer, bytesRead} = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    stream: signal => createReadStream(path, {highWaterMark: CHUNK, ...(signal && {signal})}),
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

/**
 * Reads up to `limit` bytes; `more` says that there were others, which `drain` passes over to the end: streams inside a
 * stream may not be left half-way. An error in the middle keeps what came before.
 */
export async function gather(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  drain = false,
): Promise<{bytes: Uint8Array; more: boolean; error?: unknown}> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let more = false;
  try {
    for await (const chunk of chunks) {
      const room = limit - length;
      if (room > 0) parts.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      length += Math.min(chunk.length, room);
      more ||= chunk.length > room;
      if (more && !drain) break;
    }
  } catch (error) {
    return {bytes: Buffer.concat(parts), more, error};
  }
  return {bytes: Buffer.concat(parts), more};
}
