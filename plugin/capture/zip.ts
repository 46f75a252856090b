import {decodeText} from '../../src/capture/decode.ts';
import type {CaptureFile, CaptureFiles, FileContent, ReadHow, TakePiece} from '../../src/capture/files.ts';
import type {Entry, ZipFile} from 'yauzl';
import {fromBufferPromise, openPromise} from 'yauzl';
import {UserError} from '../errors.ts';
import type {Limits} from './limits.ts';
import {Meter, gatheredContent, leftOut, limitsFor, namedTwice, refuse} from './limits.ts';
import {entryName, leadsOut, quoted} from './names.ts';
import type {ByteSource} from './source.ts';
import {gather, memorySource} from './source.ts';
import {acceptZipName, decodeZipName} from './zip-names.ts';
import {salvageZip, unreadable} from './zip-salvage.ts';

/** How an archive is read. */
export interface ZipOptions {
  limits: Limits;
  signal?: AbortSignal;
  /** Whether each file is told with its hash. */
  hashes?: boolean | undefined;
}

/** Lists a zip archive by its directory. One that was cut has none; it is read from its start as far as it goes. */
export async function openZip(file: ByteSource, options: ZipOptions): Promise<CaptureFiles> {
  const source = await inMemory(file, options);
  const zip = await openDirectory(source);
  if (!zip) return salvageZip(source, options);
  try {
    return await listZip(zip, source, options);
  } finally {
    zip.close();
  }
}

/** A small archive is read at once: its directory is read by many small steps, each a turn through the file system. */
async function inMemory(file: ByteSource, {limits, signal}: ZipOptions): Promise<ByteSource> {
  if (file.path === undefined || file.size > limits.keptBytes) return file;
  const {bytes, error} = await gather(file.stream(signal), file.size);
  if (error !== undefined) throw error;
  return memorySource(file.name, bytes);
}

/** Names are decoded and judged here, so the library is told to leave them alone. */
const OPEN = {autoClose: false, decodeStrings: false, validateEntrySizes: true};

async function openDirectory(source: ByteSource): Promise<ZipFile | undefined> {
  try {
    if (source.path !== undefined) return await openPromise(source.path, OPEN);
    const {bytes} = await gather(source.stream(), source.size);
    return await fromBufferPromise(Buffer.from(bytes), OPEN);
  } catch {
    return undefined;
  }
}

async function listZip(zip: ZipFile, source: ByteSource, options: ZipOptions): Promise<CaptureFiles> {
  const {limits, signal} = options;
  if (zip.entryCount > limits.entries) {
    throw refuse(source.name, `it has more than ${limits.entries} entries`);
  }
  const meter = new Meter(source.name, source.size, limits);
  const files = new Map<string, CaptureFile>();
  let links = 0;
  let twice = 0;
  let damage: string | undefined;
  try {
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      meter.entry();
      meter.bytes(entry.uncompressedSize);
      const path = acceptZipName(source.name, nameOf(entry));
      const kind = kindOf(entry);
      if (kind === 'device') throw refuse(source.name, `its entry ${quoted(path)} is a device`);
      if (kind === 'link') {
        const target = await textOf(zip, entry);
        if (leadsOut(path, target, false)) {
          throw refuse(source.name, `its entry ${quoted(path)} is a link out of the archive`);
        }
        links++;
      } else if (kind === 'file' && files.has(path)) twice++;
      else if (kind === 'file' && path !== '') {
        files.set(path, {path, size: entry.uncompressedSize, modified: timeOf(entry)});
      }
    }
  } catch (error) {
    if (error instanceof UserError || signal?.aborted) throw error;
    damage = `${source.name} has a damaged directory: what it lists before the damage was read`;
  }
  const listed = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: source.name,
    notes: [...leftOut(source.name, links), ...namedTwice(source.name, twice)],
    ...(damage !== undefined && {damage}),
    list: () => listed,
    read: (paths, how) => readZip(source, paths, options, how),
  };
}

async function* readZip(
  source: ByteSource,
  paths: ReadonlySet<string>,
  options: ZipOptions,
  how: ReadHow | undefined,
): AsyncGenerator<FileContent> {
  const wanted = new Set(paths);
  const zip = await openDirectory(source);
  if (!zip) return;
  try {
    for await (const entry of zip.eachEntry()) {
      const checked = entryName(nameOf(entry));
      if ('path' in checked && kindOf(entry) === 'file' && wanted.delete(checked.path)) {
        const {path} = checked;
        const limits = limitsFor(options.limits, path, how);
        yield await contentOf(zip, entry, {path, limits, hashes: options.hashes, into: how?.into?.(path)});
      }
      if (wanted.size === 0) return;
    }
  } catch {
    // A directory that is damaged further down was reported when it was listed.
  } finally {
    zip.close();
  }
}

async function contentOf(
  zip: ZipFile,
  entry: Entry,
  {
    path,
    limits,
    hashes,
    into,
  }: Pick<ZipOptions, 'limits' | 'hashes'> & {
    path: string;
    into: TakePiece | undefined;
  },
): Promise<FileContent> {
  const none = new Uint8Array();
  if (entry.isEncrypted() || !entry.canDecodeFileData())
    return {path, bytes: none, problem: unreadable(entry.isEncrypted(), entry.compressionMethod)};
  try {
    const content = await zip.openReadStreamPromise(entry);
    const {error, ...found} = await gather(content, limits.fileBytes, {hashes, into});
    if (error !== undefined) return {path, bytes: found.bytes, problem: 'it is damaged in the archive'};
    return {path, ...gatheredContent(found, limits)};
  } catch {
    return {path, bytes: none, problem: 'it is damaged in the archive'};
  }
}

/** Info-ZIP's field for a name in UTF-8: version, checksum of the plain name, name (APPNOTE 4.6.9). */
const UNICODE_PATH = 0x7075;

function nameOf(entry: Entry): string {
  const field = entry.extraFields.find(f => f.id === UNICODE_PATH && f.data.length > 5 && f.data[0] === 1);
  return field ? field.data.subarray(5).toString('utf8') : decodeZipName(entry.fileNameRaw);
}

const UNIX = 3;
const TYPE_MASK = 0o170_000;
const TYPES: Partial<Record<number, 'link' | 'device'>> = {
  0o120_000: 'link',
  0o010_000: 'device',
  0o020_000: 'device',
  0o060_000: 'device',
  0o140_000: 'device',
};

/** What an entry is, by the mode that Unix writers keep in the upper half of its attributes. */
function kindOf(entry: Entry): 'file' | 'directory' | 'link' | 'device' {
  const mode = entry.externalFileAttributes >>> 16;
  const special = entry.versionMadeBy >> 8 === UNIX ? TYPES[mode & TYPE_MASK] : undefined;
  if (special) return special;
  const last = entry.fileNameRaw.at(-1);
  return last === 0x2f || last === 0x5c ? 'directory' : 'file';
}

/** No real link's target is longer. */
const MAX_TARGET = 4096;

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const {bytes} = await gather(await zip.openReadStreamPromise(entry), MAX_TARGET);
  return decodeText(bytes).text;
}

function timeOf(entry: Entry): string {
  const time = entry.getLastModDate({timezone: 'UTC'});
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
