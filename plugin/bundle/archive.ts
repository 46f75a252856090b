import {createReadStream, createWriteStream, readFileSync, rmSync} from 'node:fs';
import {rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough, Readable, Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {crc32, createGzip} from 'node:zlib';
import type {Encrypter} from 'age-encryption';
import {pack} from 'tar-stream';
import type {ManifestFile} from '../../src/bundle/own-files.ts';
import {MANIFEST_FILE} from '../../src/bundle/own-files.ts';
import {encrypting} from '../age/encrypt.ts';
import {tailMark} from '../capture/tail-mark.ts';
import {UserError} from '../errors.ts';
import {diskFault} from './disk-fault.ts';
import type {Spool} from './spool.ts';

/** Fast: logs and JSON shrink to a tenth at any level. */
export const GZIP_LEVEL = 3;

/** Bytes of a file that are read at a time: each piece goes through several streams. */
const READ_BYTES = 256 * 1024;
/** Bytes that are packed at a time. */
const PACKED_BYTES = 128 * 1024;

/** A file of no more bytes makes room before it is packed, a larger one after it. */
const HELD_BYTES = 16 * 1024 * 1024;

/** Files that lie in a folder and are to be packed; `root` is a folder on the disk of the archive that nobody else writes to. */
export type Packable = Pick<Spool, 'root' | 'folder' | 'name' | 'files'>;

/** Where an archive is written, and how. */
export interface ArchiveOptions {
  archive: string;
  /** Time of its entries. */
  time: Date;
  /** Encrypts what is packed; what lies in the spool is plain until that is removed. */
  encrypter?: Encrypter | undefined;
  /** The archive has no more bytes than this, or is not written. */
  maxBytes?: number | undefined;
  /** Files go as they are packed: where there is no room for both them and the archive. What was packed is lost if that fails, too. */
  frees?: boolean;
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
  spool: Packable,
  {archive, time, encrypter, maxBytes, frees = false}: ArchiveOptions,
): Promise<void> {
  // In the spool's folder, which is on the same disk: an end by force leaves one thing to clear away.
  const partial = join(spool.root, 'archive');
  try {
    await rm(partial, {force: true});
    await pipeline(
      archiveOf(spool, time, frees),
      encrypter ? encrypting(encrypter) : new PassThrough(),
      maxBytes === undefined ? new PassThrough() : atMost(maxBytes),
      // A file that is there already is not followed nor written over. The stream alone closes it: what is closed twice may be another's by then.
      createWriteStream(partial, {flags: 'wx', mode: 0o600, flush: true}),
    );
    await rename(partial, archive);
  } catch (error) {
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

/**
 * The archive in pieces. From the manifest on it is a gzip member of its own, to which the end points: who wants the manifest only
 * need not unpack what is before it.
 */
async function* archiveOf(spool: Packable, time: Date, frees: boolean): AsyncGenerator<Uint8Array> {
  const files = spool.files();
  const manifest = Math.max(
    0,
    files.findIndex(({path}) => path === MANIFEST_FILE),
  );
  let bytes = 0;
  let place = 0;
  let crc = 0;
  for (const part of [files.slice(0, manifest), files.slice(manifest)]) {
    if (part.length === 0) continue;
    place = bytes;
    const isEnd = part.at(-1) === files.at(-1);
    for await (const piece of packed({spool, files: part, time, isEnd, frees})) {
      bytes += piece.length;
      crc = crc32(piece, crc);
      yield piece;
    }
  }
  if (manifest > 0) yield tailMark({place, before: bytes, crc});
}

/** Part of an archive: some of its files, and what ends it. */
interface Part {
  spool: Packable;
  files: readonly (ManifestFile & {bytes: number})[];
  time: Date;
  isEnd: boolean;
  frees: boolean;
}

/** A part as a gzip member. */
async function* packed(part: Part): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const gzip = createGzip({level: GZIP_LEVEL, chunkSize: PACKED_BYTES});
  const filled = entries(part, tar);
  // Its error comes out of `gzip`.
  pipeline(Readable.from(tar), gzip).catch(() => undefined);
  try {
    for await (const piece of gzip) {
      // What zlib gives.
      yield piece as Uint8Array;
    }
  } finally {
    tar.destroy();
    await filled;
  }
}

/** A file that is gone from the disk before it is packed. */
function held(file: string): Readable {
  const bytes = readFileSync(file);
  rmSync(file);
  return Readable.from(bytes.length > 0 ? [bytes] : []);
}

async function entries(
  {spool, files, time, isEnd, frees}: Part,
  tar: ReturnType<typeof pack>,
): Promise<void> {
  try {
    for (const {path, bytes} of files) {
      const entry = tar.entry({name: `${spool.name}/${path}`, size: bytes, mode: 0o600, mtime: time});
      const file = join(spool.folder, path);
      const isHeld = frees && bytes <= HELD_BYTES;
      await pipeline(isHeld ? held(file) : createReadStream(file, {highWaterMark: READ_BYTES}), entry);
      if (frees && !isHeld) rmSync(file);
    }
    if (isEnd) tar.finalize();
    // Without the blocks of zeros that end an archive: more comes.
    else tar.push(null);
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
