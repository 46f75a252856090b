import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {pack} from 'tar-stream';
import type {Header} from 'tar-stream';
import {administratorsOnly, ALL_ACCESS} from './security-descriptor.ts';

/** A file of a layer by its path without a leading slash; its folders are made. */
export interface LayerFile {
  readonly path: string;
  readonly contents: Uint8Array;
  readonly executable?: boolean;
}

/** A layer as an image names it. */
export interface Layer {
  /** The archive, compressed. */
  readonly blob: Buffer;
  /** SHA-256 of the archive before compression. */
  readonly diffId: string;
}

/** Who writes an entry's header: what is beside name, type and size. */
type Dress = (directory: boolean, executable: boolean) => Partial<Header>;

/** A layer for Linux: owned by root, readable by all. */
export function linuxLayer(files: readonly LayerFile[], time: Date): Promise<Layer> {
  return layer(files, {
    time,
    dress: (directory, executable) => ({mode: directory || executable ? 0o755 : 0o644}),
  });
}

/**
 * A base layer for Windows: `Files` is the root of the drive, `Hives` is filled when it is unpacked. What containerd needs to make
 * files of it are attributes and a security descriptor in PAX records, as go-winio's backuptar reads them
 * (https://github.com/microsoft/go-winio/blob/main/backuptar/tar.go).
 */
export function windowsLayer(files: readonly LayerFile[], time: Date): Promise<Layer> {
  const attributes = {directory: '16', archive: '32'};
  const [folder, file] = [true, false].map(inherit =>
    administratorsOnly(ALL_ACCESS.file, inherit).toString('base64'),
  );
  return layer(
    files.map(f => ({...f, path: `Files/${f.path}`})),
    {
      time,
      folders: ['Files', 'Hives'],
      dress: directory => ({
        mode: directory ? 0o40_755 : 0o100_644,
        pax: {
          'MSWINDOWS.fileattr': directory ? attributes.directory : attributes.archive,
          'MSWINDOWS.rawsd': (directory ? folder : file) ?? '',
          'LIBARCHIVE.creationtime': `${time.getTime() / 1000}.0`,
        },
      }),
    },
  );
}

async function layer(
  files: readonly LayerFile[],
  {time, dress, folders = []}: {time: Date; dress: Dress; folders?: readonly string[]},
): Promise<Layer> {
  const archive = pack();
  const chunks: Uint8Array[] = [];
  const done = (async () => {
    for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(chunk);
  })();
  const common = {mtime: time, uid: 0, gid: 0};
  for (const name of foldersOf(files, folders))
    archive.entry({...common, name, type: 'directory', ...dress(true, false)});
  for (const {path: name, contents, executable = false} of files.toSorted((a, b) => order(a.path, b.path)))
    archive.entry({...common, name, ...dress(false, executable)}, Buffer.from(contents));
  archive.finalize();
  await done;
  const tar = Buffer.concat(chunks);
  return {blob: gzipSync(tar), diffId: createHash('sha256').update(tar).digest('hex')};
}

/** Every folder above a file, each before what it holds. */
function foldersOf(files: readonly LayerFile[], more: readonly string[]): string[] {
  const all = new Set(more);
  for (const {path} of files) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
      all.add(path.slice(0, end));
  }
  return [...all].sort(order);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
