import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {pack} from 'tar-stream';

/** A file of an archive. */
export interface ArchiveFile {
  name: string;
  contents: Uint8Array;
  executable: boolean;
}

/** Packs files into a `.tar.gz`; times, owners and order are fixed, so that the same files give the same bytes. */
export async function archive(files: readonly ArchiveFile[]): Promise<Buffer> {
  const tar = pack();
  for (const {name, contents, executable} of files) {
    tar.entry(
      {name, mode: executable ? 0o755 : 0o644, mtime: new Date(0), uid: 0, gid: 0},
      Buffer.from(contents),
    );
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  // tar-stream's own type names no element.
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks), {level: 9});
}

/** A file of the checkout as it goes into an archive. */
export function fileOf(path: string, name: string, executable = false): ArchiveFile {
  return {name, contents: readFileSync(path), executable};
}
