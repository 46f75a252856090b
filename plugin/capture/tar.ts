import type {CaptureFile, CaptureFiles, FileContent, ReadHow, TakePiece} from '../../src/capture/files.ts';
import type {Extract, Header} from 'tar-stream';
import {extract} from 'tar-stream';
import {UserError} from '../errors.ts';
import {gunzip} from './gzip.ts';
import {Kept} from './kept.ts';
import type {Limits} from './limits.ts';
import {Meter, gatheredContent, leftOut, limitsFor, namedTwice, refuse} from './limits.ts';
import {entryName, leadsOut, quoted} from './names.ts';
import type {ByteSource} from './source.ts';
import {gather} from './source.ts';

/** How an archive is read. */
export interface TarOptions {
  gzip: boolean;
  limits: Limits;
  signal?: AbortSignal;
  /** Whether each file is told with its hash. */
  hashes?: boolean | undefined;
  /** It is known to be as it was written. */
  isSound?: boolean;
}

interface TarEntry {
  path: string;
  header: Header;
  content: AsyncIterable<Uint8Array>;
}

/** Lists a tar archive, plain or gzipped. One that is cut keeps what came before. */
export async function openTar(source: ByteSource, options: TarOptions): Promise<CaptureFiles> {
  const walk = new TarWalk(source, options);
  const files = new Map<string, CaptureFile>();
  const kept = new Kept(options.limits.keptBytes);
  let twice = 0;
  for await (const {path, header, content} of walk.entries()) {
    if (files.has(path)) {
      twice++;
      continue;
    }
    files.set(path, {path, size: header.size, modified: timeOf(header.mtime)});
    if (kept.wants(path, header.size)) kept.put(await contentOf(path, content, options), header.size);
  }
  const listed = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    name: source.name,
    notes: [...leftOut(source.name, walk.leftOut), ...namedTwice(source.name, twice)],
    ...(walk.damage !== undefined && {damage: walk.damage}),
    list: () => listed,
    read: (paths, how) => readBoth(kept, {source, options, paths, how}),
  };
}

/** The first file of a tar archive; nothing behind it is read. Undefined where there is none. */
export async function firstOfTar(source: ByteSource, options: TarOptions): Promise<FileContent | undefined> {
  for await (const {path, content} of new TarWalk(source, options).entries())
    // Awaited here: to leave the loop is to leave the archive.
    return await contentOf(path, content, options);
  return undefined;
}

/** Files that are read, once it is known what there is. */
export interface Again {
  source: ByteSource;
  options: TarOptions;
  paths: ReadonlySet<string>;
  how: ReadHow | undefined;
  /** Is told of each file that is passed, wanted or not. */
  pass?: (path: string, size: number) => void;
}

async function* readBoth(kept: Kept, again: Again): AsyncGenerator<FileContent> {
  const left = new Set(again.paths);
  for (const content of kept.read(again.paths)) {
    left.delete(content.path);
    yield content;
  }
  if (left.size > 0) yield* readTar({...again, paths: left});
}

/** Reads files of a tar archive, in the order in which they lie there. What is not there does not come. */
export async function* readTar({source, options, paths, how, pass}: Again): AsyncGenerator<FileContent> {
  const wanted = new Set(paths);
  for await (const {path, header, content} of new TarWalk(source, options).entries()) {
    pass?.(path, header.size);
    const limits = limitsFor(options.limits, path, how);
    if (wanted.delete(path))
      yield await contentOf(path, content, {...options, limits, into: how?.into?.(path)});
    if (wanted.size === 0) return;
  }
}

async function contentOf(
  path: string,
  content: AsyncIterable<Uint8Array>,
  {limits, hashes, into}: Pick<TarOptions, 'limits' | 'hashes'> & {into?: TakePiece | undefined},
): Promise<FileContent> {
  const {error, ...found} = await gather(content, limits.fileBytes, {drain: true, hashes, into});
  if (error instanceof UserError) throw error;
  if (error !== undefined) return {path, bytes: found.bytes, problem: 'the archive ends inside it'};
  return {path, ...gatheredContent(found, limits)};
}

/** One way through an archive, from its start to its end. */
class TarWalk {
  /** Links inside the archive, to what is in it anyway, and entries of kinds that are not read (sparse files). */
  leftOut = 0;
  damage: string | undefined;
  readonly #source: ByteSource;
  readonly #options: TarOptions;
  readonly #meter: Meter;

  constructor(source: ByteSource, options: TarOptions) {
    this.#source = source;
    this.#options = options;
    this.#meter = new Meter(source.name, source.size, options.limits);
  }

  async *entries(): AsyncGenerator<TarEntry> {
    const archive = extract();
    const fed = this.#feed(archive);
    try {
      for await (const content of archive) {
        this.#meter.entry();
        const path = this.#accept(content.header);
        if (path !== undefined) yield {path, header: content.header, content: bytesOf(content)};
        content.resume();
      }
    } catch (error) {
      if (error instanceof UserError || this.#options.signal?.aborted) throw error;
      this.damage ??= damageOf(this.#source);
    } finally {
      archive.destroy();
      await fed;
    }
  }

  /** Hands the bytes over at the pace at which they are taken. Errors come out of the archive's own iteration. */
  async #feed(archive: Extract): Promise<void> {
    let wake: (() => void) | undefined;
    for (const event of ['drain', 'close', 'error'] as const) archive.on(event, () => wake?.());
    try {
      for await (const chunk of this.#unpacked()) {
        if (archive.destroyed) return;
        if (archive.write(chunk)) continue;
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      archive.end(undefined);
    } catch (error) {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async *#unpacked(): AsyncGenerator<Uint8Array> {
    const {gzip, signal, isSound} = this.#options;
    const chunks = gzip ? gunzip(this.#source, {signal, isSound}) : this.#source.stream(signal);
    let last: Uint8Array = new Uint8Array();
    try {
      for await (const chunk of chunks) {
        signal?.throwIfAborted();
        this.#meter.bytes(chunk.length);
        last = chunk.length < BLOCK ? Buffer.concat([last, chunk]).subarray(-BLOCK) : chunk.subarray(-BLOCK);
        yield chunk;
      }
      if (last.some(byte => byte !== 0)) this.damage = damageOf(this.#source);
    } catch (error) {
      if (error instanceof UserError || signal?.aborted) throw error;
      this.damage = damageOf(this.#source);
    }
  }

  /** Where a regular file lies; undefined for what is passed over. Throws where the entry is hostile. */
  #accept(header: Header): string | undefined {
    const {name} = this.#source;
    const checked = entryName(header.name);
    if ('hostile' in checked) throw refuse(name, `its entry ${quoted(header.name)} ${checked.hostile}`);
    const {path} = checked;
    switch (header.type) {
      case 'file':
      case 'contiguous-file':
        if (isSparse(header)) {
          this.leftOut++;
          return undefined;
        }
        return path === '' ? undefined : path;
      case 'symlink':
      case 'link':
        if (leadsOut(path, header.linkname, header.type === 'link')) {
          throw refuse(name, `its entry ${quoted(header.name)} is a link out of the archive`);
        }
        this.leftOut++;
        return undefined;
      case 'block-device':
      case 'character-device':
      case 'fifo':
        throw refuse(name, `its entry ${quoted(header.name)} is a device`);
      case 'directory':
        return undefined;
      default:
        this.leftOut++;
        return undefined;
    }
  }
}

/** A sparse file in the form of pax: its content is a map of it, and its true name and size stand in these records (GNU tar manual, D.2). */
function isSparse({pax}: Header): boolean {
  return Object.keys(pax ?? {}).some(key => key.startsWith('GNU.sparse.'));
}

async function* bytesOf(content: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk;
}

/** An archive ends in two blocks of zeros (POSIX pax); one without was cut between two entries. */
const BLOCK = 512;

function damageOf(source: ByteSource): string {
  return `${source.name} is damaged or cut short: what was whole was read`;
}

function timeOf(time: Date): string {
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
