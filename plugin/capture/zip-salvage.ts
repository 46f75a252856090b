import {open} from 'node:fs/promises';
import {promisify} from 'node:util';
import {inflateRaw} from 'node:zlib';
import type {CaptureFile, CaptureFiles, FileContent} from '../../src/capture/files.ts';
import type {Limits} from './limits.ts';
import {Meter} from './limits.ts';
import type {ByteSource} from './source.ts';
import {gather} from './source.ts';
import {acceptZipName, decodeZipName} from './zip-names.ts';

/** A file of a cut archive, as its local header has it (APPNOTE 4.3.7). */
interface LocalFile {
  path: string;
  size: number;
  packed: number;
  at: number;
  method: number;
  isEncrypted: boolean;
}

/** Reads bytes at any place of a source; fewer than asked for at its end. */
type ReadAt = (at: number, length: number) => Promise<Buffer>;

const HEADER = 0x04034b50;
const HEADER_SIZE = 30;
const DEFLATED = 8;
const STORED = 0;
const ENCRYPTED = 0x01;
/** Sizes stand behind the data, not in the header: such a file cannot be skipped without its directory. */
const SIZES_FOLLOW = 0x08;

/**
 * Reads a zip archive whose directory, which stands at its end, is missing: header by header from the start, as long as
 * they tell how long each file is.
 */
export async function salvageZip(
  source: ByteSource,
  {limits, signal}: {limits: Limits; signal?: AbortSignal},
): Promise<CaptureFiles> {
  const meter = new Meter(source.name, source.size, limits);
  const files = new Map<string, LocalFile>();
  await withReader(source, async readAt => {
    for (let at = 0; ;) {
      signal?.throwIfAborted();
      const found = await localFile(source, readAt, at);
      if (!found) return;
      meter.entry();
      meter.bytes(found.size);
      if (found.path !== '' && !files.has(found.path)) files.set(found.path, found);
      at = found.at + found.packed;
    }
  });
  const listed: CaptureFile[] = [...files.values()]
    .map(({path, size}) => ({path, size}))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: source.name,
    notes: [],
    damage: `${source.name} is damaged or cut short: what was whole was read`,
    list: () => listed,
    read: paths =>
      readLocal(
        source,
        [...files.values()].filter(f => paths.has(f.path)),
        limits,
      ),
  };
}

async function localFile(source: ByteSource, readAt: ReadAt, at: number): Promise<LocalFile | undefined> {
  const header = await readAt(at, HEADER_SIZE);
  if (header.length < HEADER_SIZE || header.readUInt32LE(0) !== HEADER) return undefined;
  const flags = header.readUInt16LE(6);
  if (flags & SIZES_FOLLOW) return undefined;
  const nameLength = header.readUInt16LE(26);
  const name = await readAt(at + HEADER_SIZE, nameLength);
  if (name.length < nameLength) return undefined;
  const raw = decodeZipName(name);
  const path = acceptZipName(source.name, raw);
  return {
    path: /[\\/]$/.test(raw) ? '' : path,
    method: header.readUInt16LE(8),
    isEncrypted: (flags & ENCRYPTED) !== 0,
    packed: header.readUInt32LE(18),
    size: header.readUInt32LE(22),
    at: at + HEADER_SIZE + nameLength + header.readUInt16LE(28),
  };
}

async function* readLocal(
  source: ByteSource,
  files: readonly LocalFile[],
  limits: Limits,
): AsyncGenerator<FileContent> {
  for (const {path, at, packed, size, method, isEncrypted} of files) {
    if (isEncrypted || (method !== DEFLATED && method !== STORED)) {
      yield {path, bytes: new Uint8Array(), problem: unreadable(isEncrypted, method)};
      continue;
    }
    const raw = await withReader(source, readAt => readAt(at, Math.min(packed, limits.fileBytes)));
    const bytes = method === DEFLATED ? await inflated(raw, Math.min(size, limits.fileBytes)) : raw;
    if (bytes.length === size) yield {path, bytes};
    else yield {path, bytes, problem: 'the archive ends inside it'};
  }
}

/** Why the content of a file cannot be had. */
export function unreadable(isEncrypted: boolean, method: number): string {
  return isEncrypted ? 'it is encrypted' : `it is packed by method ${method}, which is not known here`;
}

const inflate = promisify(inflateRaw);

async function inflated(raw: Buffer, size: number): Promise<Buffer> {
  try {
    // Data that was cut gives what can be had of it.
    return await inflate(raw, {maxOutputLength: size + 1, finishFlush: Z_SYNC_FLUSH});
  } catch {
    return Buffer.alloc(0);
  }
}

/** `zlib.constants.Z_SYNC_FLUSH`. */
const Z_SYNC_FLUSH = 2;

async function withReader<T>(source: ByteSource, use: (readAt: ReadAt) => Promise<T>): Promise<T> {
  if (source.path === undefined) {
    const {bytes} = await gather(source.stream(), source.size);
    const whole = Buffer.from(bytes);
    return use((at, length) => Promise.resolve(whole.subarray(at, at + length)));
  }
  const handle = await open(source.path, 'r');
  try {
    return await use(async (at, length) => {
      const room = Math.max(0, Math.min(length, source.size - at));
      const {buffer, bytesRead} = await handle.read(Buffer.alloc(room), 0, room, at);
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await handle.close();
  }
}
