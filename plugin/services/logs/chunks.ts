import {open, stat} from 'node:fs/promises';
import {UserError} from '../../errors.ts';
import {fileFault} from '../../file-fault.ts';

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
  try {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    // Where nothing was read before, a pipe or device is read as it comes.
    let position = from === 0 ? null : from;
    for (;;) {
      signal.throwIfAborted();
      const {bytesRead} = await file.read(buffer, 0, READ_BYTES, position).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) return;
      if (position !== null) position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Bytes of a file, or undefined where it has no size: a pipe, a device. */
export async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError(`${path} cannot be read: ${fileFault(error)}`, {
    code: 'logs-input',
    fix: ['name a log file, or `-` for standard input'],
    cause: error,
  });
}
