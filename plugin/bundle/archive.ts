import {createReadStream, createWriteStream} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import {open, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough, Readable, Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import type {Encrypter} from 'age-encryption';
import {pack} from 'tar-stream';
import {encrypting} from '../age/encrypt.ts';
import {UserError} from '../errors.ts';
import {diskFault} from './disk-fault.ts';
import type {Spool} from './spool.ts';

/** Fast: logs and JSON shrink to a tenth at any level. */
export const GZIP_LEVEL = 3;

/** Where an archive is written, and how. */
export interface ArchiveOptions {
  archive: string;
  /** Time of its entries. */
  time: Date;
  /** Encrypts what is packed; what lies in the spool is plain until that is removed. */
  encrypter?: Encrypter | undefined;
  /** The archive has no more bytes than this, or is not written. */
  maxBytes?: number | undefined;
}

/** An archive would have more bytes than it may. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/**
 * Packs a spool into a `.tar.gz` with sorted entries, one by one from disk. The archive appears whole or not at all, and only its
 * owner may read it. Throws a `UserError` where it cannot be written, and {@link TooLarge}.
 */
export async function writeArchive(
  spool: Spool,
  {archive, time, encrypter, maxBytes}: ArchiveOptions,
): Promise<void> {
  // In the spool's folder, which is on the same disk: an end by force leaves one thing to clear away.
  const partial = join(spool.root, 'archive');
  const tar = pack();
  let handle: FileHandle | undefined;
  try {
    await rm(partial, {force: true});
    // Opened first: a file that is there already is not followed nor written over while it is being made.
    handle = await open(partial, 'wx', 0o600);
    const written = pipeline(
      Readable.from(tar),
      createGzip({level: GZIP_LEVEL}),
      encrypter ? encrypting(encrypter) : new PassThrough(),
      maxBytes === undefined ? new PassThrough() : atMost(maxBytes),
      createWriteStream(partial, {fd: handle.fd, autoClose: false}),
    );
    const [result] = await Promise.allSettled([written, entries(spool, tar, time)]);
    if (result.status === 'rejected') throw result.reason;
    await handle.sync();
    await handle.close();
    await rename(partial, archive);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(partial, {force: true});
    if (error instanceof TooLarge) throw error;
    const reason = diskFault(error) ?? (error instanceof Error ? error.message : String(error));
    throw new UserError(`${archive} cannot be written: ${reason}`, {
      code: 'output-file',
      fix: ['name a file in a folder that you may write to, with room for it: `--output-file PATH`'],
      cause: error,
    });
  }
}

function atMost(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > maxBytes ? new TooLarge(`more than ${maxBytes} bytes`) : null, chunk);
    },
  });
}

async function entries(spool: Spool, tar: ReturnType<typeof pack>, mtime: Date): Promise<void> {
  try {
    for (const {path, bytes} of spool.files()) {
      const entry = tar.entry({name: `${spool.name}/${path}`, size: bytes, mode: 0o600, mtime});
      await pipeline(createReadStream(join(spool.folder, path)), entry);
    }
    tar.finalize();
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
