import {crc32, deflateRawSync, gzipSync} from 'node:zlib';
import {mkdtempSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {pack} from 'tar-stream';
import type {Header} from 'tar-stream';

type Contents = ReadonlyMap<string, string | Uint8Array>;

/** A directory of its own for a test, gone afterwards. */
export function tempDir(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'capture-'));
  t.teardown(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

/** Writes a file with these bytes into a new directory and answers its path. */
export function tempFile(t: ExecutionContext, name: string, bytes: string | Uint8Array): string {
  const path = join(tempDir(t), name);
  writeFileSync(path, bytes);
  return path;
}

/** Writes files below a directory. */
export function writeTree(root: string, files: Contents): string {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A tar archive with these files, then these entries as they are. */
export async function tarOf(files: Contents, more: readonly Partial<Header>[] = []): Promise<Buffer> {
  const archive = pack();
  const mtime = new Date('2026-09-01T12:00:00Z');
  for (const [name, content] of files) archive.entry({name, mtime}, Buffer.from(content));
  for (const header of more) archive.entry({name: 'entry', size: 0, mtime, ...header}, '');
  archive.finalize();
  const parts: Uint8Array[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) parts.push(chunk);
  return Buffer.concat(parts);
}

export async function tgzOf(files: Contents, more: readonly Partial<Header>[] = []): Promise<Buffer> {
  return gzipSync(await tarOf(files, more));
}

/** How a zip entry departs from a plain one. */
export interface ZipQuirk {
  /** Unix mode, in the upper half of the attributes. */
  mode?: number;
  /** Bytes of the name, where it is not UTF-8. */
  rawName?: Uint8Array;
  /** Size that the directory claims. */
  claims?: number;
  encrypted?: boolean;
}

/** A zip archive (APPNOTE 4.3), deflated. */
export function zipOf(files: Contents, quirks: ReadonlyMap<string, ZipQuirk> = new Map()): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    const quirk = quirks.get(path) ?? {};
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const name = Buffer.from(quirk.rawName ?? path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((quirk.rawName ? 0 : 0x800) | (quirk.encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x5d21_6000, 6);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(quirk.claims ?? raw.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([u32(0x0403_4b50), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((quirk.mode ?? 0o100_644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([u32(0x0201_4b50), Buffer.from([20, 3]), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, u32(0x0605_4b50), end]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
