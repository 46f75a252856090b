import {constants} from 'node:fs';
import type {FileHandle} from 'node:fs/promises';
import {open, readdir, realpath, stat} from 'node:fs/promises';
import {join, sep} from 'node:path';
import type {CaptureFile, CaptureFiles, FileContent} from '../../src/capture/files.ts';
import type {AtMost, Limits} from './limits.ts';
import {Meter, leftOut, limitsFor, sizeText} from './limits.ts';
import {gather} from './source.ts';

/** How a directory is read. */
export interface DirectoryOptions {
  limits: Limits;
  signal?: AbortSignal;
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
    read: (paths, atMost) => readFiles(found, paths, options, atMost),
  };
}

async function* readFiles(
  found: readonly Found[],
  paths: ReadonlySet<string>,
  {limits, signal}: DirectoryOptions,
  atMost: AtMost | undefined,
): AsyncGenerator<FileContent> {
  for (const {file, at} of found) {
    if (!paths.has(file.path)) continue;
    signal?.throwIfAborted();
    yield {path: file.path, ...(await contentOf(at, limitsFor(limits, file.path, atMost)))};
  }
}

/** Non-blocking, so that a pipe put in a file's place since it was listed cannot hold us. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

async function contentOf(at: string, limits: Limits): Promise<Omit<FileContent, 'path'>> {
  try {
    const handle = await open(at, FLAGS);
    try {
      return await readUpTo(handle, limits);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return {bytes: new Uint8Array(), problem: `it cannot be read (${codeOf(error)})`};
  }
}

async function readUpTo(handle: FileHandle, {fileBytes}: Limits): Promise<Omit<FileContent, 'path'>> {
  const facts = await handle.stat();
  if (!facts.isFile()) return {bytes: new Uint8Array(), problem: 'it is a file no more'};
  if (facts.size === 0) return {bytes: await handle.readFile()};
  if (facts.size <= fileBytes) return {bytes: await readWhole(handle, facts.size)};
  const {bytes} = await gather(handle.createReadStream({autoClose: false}), fileBytes);
  return {bytes, problem: `only the first ${sizeText(fileBytes)} of it were read`};
}

/** `readFile` would put pieces together, which takes the room of a large file twice. */
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  while (at < size) {
    const {bytesRead} = await handle.read(bytes, at, size - at, at);
    // It was shortened since it was looked at.
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}

class DirectoryWalk {
  readonly found: Found[] = [];
  leftOut = 0;
  unreadable: string | undefined;
  readonly #name: string;
  readonly #root: string;
  readonly #options: DirectoryOptions;
  readonly #meter: Meter;

  constructor(name: string, root: string, options: DirectoryOptions) {
    this.#name = name;
    this.#root = root;
    this.#options = options;
    this.#meter = new Meter(name, 0, options.limits);
  }

  /** Lists a folder, given from the root, and all below it. */
  async visit(folder: string): Promise<void> {
    this.#options.signal?.throwIfAborted();
    let entries;
    try {
      entries = await readdir(join(this.#root, folder), {withFileTypes: true});
    } catch (error) {
      this.unreadable = `${folder || this.#name} cannot be listed (${codeOf(error)}): what is in it was not read`;
      return;
    }
    for (const entry of entries) {
      this.#meter.entry();
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await this.visit(path);
      else if (entry.isFile() || entry.isSymbolicLink()) await this.#file(path, entry.isSymbolicLink());
      else this.leftOut++;
    }
  }

  async #file(path: string, isLink: boolean): Promise<void> {
    try {
      const here = join(this.#root, path);
      // Folders that are links were not entered, so only a file itself can lead elsewhere.
      const at = isLink ? await realpath(here) : here;
      const facts = await stat(at);
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
