import {readSync} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import {open, stat} from 'node:fs/promises';
import {setImmediate} from 'node:timers/promises';
import {UserError} from '../../errors.ts';
import {fileFault} from '../../file-fault.ts';
import {utf16Of} from './utf16.ts';

/** One read; what is scanned at a time is smaller, so that it stays in the processor's cache. */
const READ_BYTES = 256 * 1024;
/** So many reads of a file, 4 MiB, and then whatever else waits, such as Ctrl-C, has its turn. */
const READS_IN_A_ROW = 16;

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
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  // Where nothing was read before, a pipe or device is read as it comes.
  let position = from === 0 ? null : from;
  try {
    // Asking another thread to read a file takes longer than reading it; of a pipe nobody knows when it comes.
    const isFile = (await file.stat()).isFile();
    for (let turn = 1; ; turn++) {
      signal.throwIfAborted();
      const bytes = await readInto(file, {buffer, position, isFile}).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytes === 0) return;
      if (position !== null) position += bytes;
      yield buffer.subarray(0, bytes);
      if (isFile && turn % READS_IN_A_ROW === 0) await setImmediate();
    }
  } finally {
    await file.close();
  }
}

interface Reading {
  buffer: Buffer;
  position: number | null;
  isFile: boolean;
}

async function readInto(file: FileHandle, {buffer, position, isFile}: Reading): Promise<number> {
  if (isFile) return readSync(file.fd, buffer, 0, buffer.length, position);
  return (await file.read(buffer, 0, buffer.length, position)).bytesRead;
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
