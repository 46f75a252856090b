import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import {realpath} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {CaptureFile, CaptureFiles, FileContent, ReadHow, TakePiece} from '../../src/capture/files.ts';
import type {Limits} from './limits.ts';
import {Meter, gatheredContent, leftOut, limitsFor} from './limits.ts';
import {gather} from './source.ts';

/** How a directory is read. */
export interface DirectoryOptions {
  limits: Limits;
  signal?: AbortSignal;
  /** Whether each file is told with its hash. */
  hashes?: boolean | undefined;
}

interface Found {
  file: CaptureFile;
  /** Where the file is, links resolved. */
  at: string;
}

/**
 * Lists a directory. Links are followed to files inside it only, so that nothing outside is ever read; devices, pipes and
 * sockets are left out.
 */
export async function openDirectory(
  name: string,
  path: string,
  options: DirectoryOptions,
): Promise<CaptureFiles> {
  const walk = new DirectoryWalk(name, await realpath(path), options);
  await walk.visit('');
  const found = walk.found.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const listed = found.map(f => f.file);
  return {
    name,
    notes: leftOut(name, walk.leftOut),
    ...(walk.unreadable !== undefined && {damage: walk.unreadable}),
    list: () => listed,
    read: (paths, how) => readFiles(found, paths, options, how),
  };
}

/** After so many bytes, or entries that are looked at, whatever else waits gets its turn. */
const TURN = 256 * 1024;
const TURN_ENTRIES = 1000;
const PAGE = 4096;

/** Reads without leaving the thread, as the walk does: to another one and back takes longer than most files. */
async function* readFiles(
  found: readonly Found[],
  paths: ReadonlySet<string>,
  options: DirectoryOptions,
  how: ReadHow | undefined,
): AsyncGenerator<FileContent> {
  let sinceTurn = 0;
  for (const {file, at} of found) {
    if (!paths.has(file.path)) continue;
    if (sinceTurn > TURN) {
      await nextTurn();
      sinceTurn = 0;
    }
    options.signal?.throwIfAborted();
    const limits = limitsFor(options.limits, file.path, how);
    const content = await contentOf(at, {...options, limits, into: how?.into?.(file.path)});
    sinceTurn += Math.min(file.size, limits.fileBytes);
    yield {path: file.path, ...content};
  }
}

/** Non-blocking, so that a pipe put in a file's place since it was listed cannot hold us. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** How one file is read. */
type FileOptions = DirectoryOptions & {into: TakePiece | undefined};

async function contentOf(at: string, options: FileOptions): Promise<Omit<FileContent, 'path'>> {
  try {
    const descriptor = openSync(at, FLAGS);
    try {
      return await readUpTo(descriptor, options);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return {bytes: new Uint8Array(), problem: `it cannot be read (${codeOf(error)})`};
  }
}

async function readUpTo(
  descriptor: number,
  {limits, hashes, into}: FileOptions,
): Promise<Omit<FileContent, 'path'>> {
  const facts = fstatSync(descriptor);
  if (!facts.isFile()) return {bytes: new Uint8Array(), problem: 'it is a file no more'};
  if (facts.size === 0 && hashes !== true) return {bytes: readFileSync(descriptor)};
  if (into && hashes !== true) {
    const all = readPieces(descriptor, limits.fileBytes, into);
    return gatheredContent({bytes: new Uint8Array(), more: all > limits.fileBytes}, limits);
  }
  if (facts.size <= limits.fileBytes && hashes !== true) return {bytes: readWhole(descriptor, facts.size)};
  const {error, ...found} = await gather(piecesOf(descriptor, facts.size), limits.fileBytes, {hashes, into});
  if (error !== undefined) throw error;
  return gatheredContent(found, limits);
}

/** `readFileSync` would put pieces together, which takes the room of a large file twice. */
function readWhole(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  while (at < size) {
    const read = readSync(descriptor, bytes, at, size - at, at);
    // It was shortened since it was looked at.
    if (read === 0) return bytes.subarray(0, at);
    at += read;
  }
  return bytes;
}

/** A file in pieces that may be kept. No stream: one that is left half-way closes the descriptor some time later, when it may be another's. */
async function* piecesOf(descriptor: number, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    // Some files grow, and some do not tell their size.
    const piece = Buffer.allocUnsafeSlow(Math.min(TURN, Math.max(size - at, PAGE)));
    const read = readSync(descriptor, piece, 0, piece.length, at);
    if (read === 0) return;
    yield piece.subarray(0, read);
    at += read;
    await nextTurn();
  }
}

/** Bytes of a file that are read at a time where it is told in pieces; one buffer is enough for all. */
const PIECE = Buffer.allocUnsafeSlow(TURN);

/** Tells a file in pieces, up to a limit; answers how many bytes it has, or more than the limit where it goes on behind it. */
function readPieces(descriptor: number, limit: number, into: TakePiece): number {
  for (let at = 0; ;) {
    const read = readSync(descriptor, PIECE, 0, PIECE.length, at);
    const room = limit - at;
    if (read > 0 && room > 0) into(PIECE.subarray(0, Math.min(read, room)));
    at += read;
    if (read === 0 || at > limit) return at;
  }
}

class DirectoryWalk {
  readonly found: Found[] = [];
  leftOut = 0;
  unreadable: string | undefined;
  readonly #name: string;
  readonly #root: string;
  readonly #options: DirectoryOptions;
  readonly #meter: Meter;
  #sinceTurn = 0;

  constructor(name: string, root: string, options: DirectoryOptions) {
    this.#name = name;
    this.#root = root;
    this.#options = options;
    this.#meter = new Meter(name, 0, options.limits);
  }

  /** Lists a folder, given from the root, and all below it. */
  async visit(folder: string): Promise<void> {
    if (this.#sinceTurn > TURN_ENTRIES) {
      await nextTurn();
      this.#sinceTurn = 0;
    }
    this.#options.signal?.throwIfAborted();
    let entries;
    try {
      entries = readdirSync(join(this.#root, folder), {withFileTypes: true});
    } catch (error) {
      this.unreadable = `${folder || this.#name} cannot be listed (${codeOf(error)}): what is in it was not read`;
      return;
    }
    for (const entry of entries) {
      this.#meter.entry();
      this.#sinceTurn++;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await this.visit(path);
      else if (entry.isFile() || entry.isSymbolicLink()) this.#file(path, entry.isSymbolicLink());
      else this.leftOut++;
    }
  }

  #file(path: string, isLink: boolean): void {
    try {
      const here = join(this.#root, path);
      // Folders that are links were not entered, so only a file itself can lead elsewhere.
      const at = isLink ? realpathSync(here) : here;
      const facts = statSync(at);
      if (!at.startsWith(this.#root + sep) || !facts.isFile()) {
        this.leftOut++;
        return;
      }
      this.found.push({file: {path, size: facts.size, modified: facts.mtime.toISOString()}, at});
    } catch {
      // A link to nothing, or a file that is gone again.
      this.leftOut++;
    }
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'error';
}
