import {MANIFEST_FILE} from '../../src/bundle/own-files.ts';
import type {CaptureFile, CaptureFiles, FileContent, ReadHow} from '../../src/capture/files.ts';
import {decodeText} from '../../src/capture/decode.ts';
import type {BundleManifest} from '../../src/capture/manifest.ts';
import {readManifest} from '../../src/capture/manifest.ts';
import {LIMITS, refuse} from './limits.ts';
import {entryName} from './names.ts';
import type {OpenOptions} from './open.ts';
import type {MarkedArchive} from './tail.ts';
import {readMarked} from './tail.ts';
import type {TarOptions} from './tar.ts';
import {readTar} from './tar.ts';

/** An archive of ours, listed by its manifest. */
export interface MarkedListing {
  archive: MarkedArchive;
  /** Folder in which it begins: empty, or ending with a slash. */
  root: string;
  manifest: BundleManifest;
  /** All files, sorted by path, with their bytes as the manifest says. */
  listed: readonly CaptureFile[];
}

/**
 * Lists an archive by its manifest, which is taken at its word. Undefined where its end does not point to one, or where one of the
 * names in it is not harmless.
 */
export async function listMarked(path: string, how: OpenOptions): Promise<MarkedListing | undefined> {
  const archive = await readMarked(path, how);
  if (!archive?.first.path.endsWith(MANIFEST_FILE)) return undefined;
  const {first} = archive;
  const root = first.path.slice(0, -MANIFEST_FILE.length);
  const manifest = manifestIn(first.bytes);
  if (!manifest) return undefined;
  const listed = [...manifest.files, {path: MANIFEST_FILE, bytes: first.bytes.length}]
    .map(file => ({path: root + file.path, size: file.bytes ?? 0}))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return listed.every(file => isPath(file.path)) ? {archive, root, manifest, listed} : undefined;
}

function isPath(path: string): boolean {
  const name = entryName(path);
  return 'path' in name && name.path === path;
}

/** Reads a manifest; undefined where it is none. */
export function manifestIn(bytes: Uint8Array): BundleManifest | undefined {
  try {
    return readManifest(JSON.parse(decodeText(bytes).text), '', undefined);
  } catch {
    return undefined;
  }
}

/**
 * Opens a large archive of ours without unpacking it to list it: where it is as it was written, its manifest tells what is in it. Reading it refuses one that
 * holds anything else than that says. Undefined of all others; small ones are unpacked once, when they are listed.
 */
export async function openMarked(path: string, how: OpenOptions): Promise<CaptureFiles | undefined> {
  const {signal, limits = LIMITS, hashes} = how;
  const listing = await listMarked(path, how);
  if (!listing) return undefined;
  const {archive, listed} = listing;
  const bytes = listed.reduce((sum, {size}) => sum + size, 0);
  if (bytes <= limits.keptBytes || !(await archive.isWhole())) return undefined;
  const options = {gzip: true, isSound: true, limits, hashes, ...(signal && {signal})};
  return {
    name: path,
    notes: [],
    list: () => listed,
    read: (paths, reading) => readMembers(listing, {options, paths, how: reading}),
  };
}

/** What is read of an archive. */
interface Wanted {
  options: TarOptions;
  paths: ReadonlySet<string>;
  how: ReadHow | undefined;
}

/** Reads what lies from the manifest on by itself: all before it need not be unpacked for that. */
async function* readMembers(
  {archive, listed}: MarkedListing,
  {paths, ...reading}: Wanted,
): AsyncGenerator<FileContent> {
  const {whole, tail, first} = archive;
  const sizes = new Map(listed.map(file => [file.path, file.size]));
  const left = new Set([...paths].filter(path => sizes.has(path)));
  const behind = new Set([...left].filter(path => path >= first.path));
  const pass = (path: string, size: number): void => {
    if (sizes.get(path) !== size) throw otherwise(whole.name);
  };
  for (const [source, wanted] of [
    [tail, behind],
    [whole, new Set([...left].filter(path => !behind.has(path)))],
  ] as const) {
    if (wanted.size === 0) continue;
    for await (const content of readTar({...reading, source, paths: wanted, pass})) {
      left.delete(content.path);
      yield content;
    }
  }
  if (left.size > 0) throw otherwise(whole.name);
}

function otherwise(name: string): Error {
  return refuse(name, 'it holds other files than its manifest says');
}
