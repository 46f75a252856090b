import {readFileSync} from 'node:fs';
import {buffer} from 'node:stream/consumers';
import {gzipSync} from 'node:zlib';
import {pack} from 'tar-stream';
import {ZipFile} from 'yazl';
import type {Target} from '../programs/targets.ts';

/** A file of an archive. */
export interface ArchiveFile {
  name: string;
  contents: Uint8Array;
  executable: boolean;
}

/** The first day that a zip can name, in the machine's own time, as zips do. */
const ZIP_EPOCH = new Date(1980, 0, 1);

/**
 * Packs files as people of an operating system can open them, `.zip` on Windows (winget takes nothing else) and `.tar.gz`. Times,
 * owners and order are fixed, so that the same files give the same bytes.
 */
export async function archive(files: readonly ArchiveFile[], os: Target['os'] = 'linux'): Promise<Buffer> {
  return os === 'windows' ? zip(files) : gzipSync(await tar(files), {level: 9});
}

/** The end of an archive's name. */
export function archiveExtension(os: Target['os']): '.zip' | '.tar.gz' {
  return os === 'windows' ? '.zip' : '.tar.gz';
}

/** A tar of files that belong to root; folders are named by who unpacks it. */
export async function tar(files: readonly ArchiveFile[]): Promise<Buffer> {
  const stream = pack();
  for (const {name, contents, executable} of files) {
    stream.entry({name, mode: modeOf(executable), mtime: new Date(0), uid: 0, gid: 0}, Buffer.from(contents));
  }
  stream.finalize();
  return buffer(stream);
}

async function zip(files: readonly ArchiveFile[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const {name, contents, executable} of files) {
    const options = {mtime: ZIP_EPOCH, mode: modeOf(executable), forceDosTimestamp: true};
    file.addBuffer(Buffer.from(contents), name, options);
  }
  file.end();
  return buffer(file.outputStream);
}

function modeOf(executable: boolean): number {
  return executable ? 0o755 : 0o644;
}

/** A file of the checkout as it goes into an archive. */
export function fileOf(path: string, name: string, executable = false): ArchiveFile {
  return {name, contents: readFileSync(path), executable};
}
