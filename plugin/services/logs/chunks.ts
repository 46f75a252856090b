import {open, stat} from 'node:fs/promises';
import {UserError} from '../../errors.ts';
import {fileFault} from '../../file-fault.ts';
import {utf16Of} from './utf16.ts';

/** One read; what is scanned at a time is smaller, so that it stays in the processor's cache. */
const READ_BYTES = 256 * 1024;

/**
 * The bytes of a file from an offset on, or of standard input for `-`. A chunk is only good until the next one is asked for.
 */
export async function* chunksOf(path: string, signal: AbortSignal, from = 0): AsyncGenerator<Buffer> {
  if (path === '-') yield* standardInput(signal);
  else yield* fileChunks(path, signal, from);
}

async function* standardInput(signal: AbortSignal): AsyncGenerator<Buffer> {
  signal.addEventListener('abort', () => process.stdin.destroy(), {once: true});
  // Standard input gives buffers as long as no encoding is set.
  for await (const chunk of process.stdin) yield chunk as Buffer;
  signal.throwIfAborted();
}

async function* fileChunks(path: string, signal: AbortSignal, from: number): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const one = Buffer.allocUnsafeSlow(READ_BYTES);
  const other = Buffer.allocUnsafeSlow(READ_BYTES);
  // Where nothing was read before, a pipe or device is read as it comes.
  let position = from === 0 ? null : from;
  const read = async (buffer: Buffer): Promise<Buffer> => {
    const {bytesRead} = await file.read(buffer, 0, READ_BYTES, position).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    if (position !== null) position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  // While one chunk is used, the next is read into the other buffer; of a pipe nobody knows when it comes.
  const readsAhead = (await file.stat()).isFile();
  let next: Promise<Buffer> | undefined;
  try {
    for (let turn = 0; ; turn ^= 1) {
      signal.throwIfAborted();
      const chunk = await (next ?? read(turn === 0 ? one : other));
      if (chunk.length === 0) return;
      if (readsAhead) {
        next = read(turn === 0 ? other : one);
        // It may fail while nobody waits for it yet.
        next.catch(() => undefined);
      }
      yield chunk;
    }
  } finally {
    await next?.catch(() => undefined);
    await file.close();
  }
}

/** Bytes of a file that can be read in blocks: undefined where it has no size, as a pipe, or begins with a mark of UTF-16. */
export async function blockableSize(path: string): Promise<number | undefined> {
  const file = await stat(path)
    .then(found => (found.isFile() ? open(path, 'r') : undefined))
    .catch(() => undefined);
  if (!file) return undefined;
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(2), 0, 2, 0);
    return utf16Of(buffer.subarray(0, bytesRead)) ? undefined : (await file.stat()).size;
  } catch {
    // Whoever reads it says what is wrong with it.
    return undefined;
  } finally {
    await file.close();
  }
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError(`${path} cannot be read: ${fileFault(error)}`, {
    code: 'logs-input',
    fix: ['name a log file, or `-` for standard input'],
    cause: error,
  });
}
