import {lstat} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {rotatedFiles} from './find.ts';
import {openBelow} from './open-below.ts';
import type {OpenFile} from './open-below.ts';
import {readHead, readRange} from './read.ts';

/** How often a followed file is looked at: what people take for at once, and nothing that a node would feel. */
const POLL_MS = 250;
/** So many first bytes tell a file that was emptied and has grown again from one that has only grown. */
const MARK_BYTES = 64;

/** Bytes of a followed log; `begins` where they are the first of a file. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly begins: boolean;
}

/** What is followed, and until when. */
export interface Following {
  folder: string;
  /** Name of the live file. */
  live: string;
  signal: AbortSignal;
}

/**
 * Follows a log from a place in its live file on, by the file's identity: through rotations by rename (also several between two
 * looks), through emptying in place, and while there is no live file at all. Ends when the signal fires; closes what it was
 * given and what it opens.
 */
export async function* follow(
  first: OpenFile,
  position: number,
  {folder, live, signal}: Following,
): AsyncGenerator<Piece> {
  let reader = await Reader.at(first, position);
  const read = new Set(await versions(folder, live));
  try {
    while (!signal.aborted) {
      yield* reader.grown();
      const next = await successor(folder, live, reader.identity);
      if (next) {
        // Who writes may have been between two lines when the name changed.
        await pause(signal);
        yield* reader.grown();
        read.add(reader.version);
        for (const file of [...(await missed(folder, live, read)), next]) {
          await reader.close();
          reader = await Reader.at(file, 0);
          yield* reader.grown();
        }
        continue;
      }
      await pause(signal);
    }
  } finally {
    await reader.close();
  }
}

/** Another file under the live name, opened; nothing while it is the same, absent, or closed to us for the moment. */
async function successor(folder: string, live: string, identity: string): Promise<OpenFile | undefined> {
  const stat = await lstat(join(folder, live), {bigint: true}).catch(() => undefined);
  if (!stat || `${stat.dev}:${stat.ino}` === identity) return undefined;
  const file = await openBelow(folder, live);
  if (file?.identity !== identity) return file;
  await file.handle.close();
  return undefined;
}

/** Files that were live and rotated away between two looks, the oldest first. */
async function missed(folder: string, live: string, read: Set<string>): Promise<OpenFile[]> {
  const files: OpenFile[] = [];
  for (const name of await rotatedFiles(folder, live)) {
    const file = await openBelow(folder, name).catch(() => undefined);
    if (!file) continue;
    const version = versionOf(file);
    if (read.has(version)) await file.handle.close();
    else files.push(file);
    read.add(version);
  }
  return files;
}

/** What was rotated before the following began. */
async function versions(folder: string, live: string): Promise<string[]> {
  const files = await missed(folder, live, new Set());
  await Promise.all(files.map(({handle}) => handle.close()));
  return files.map(versionOf);
}

/** An identity is used again when a file is deleted; a file that was rotated does not change its time any more. */
function versionOf({identity, modifiedNs}: {identity: string; modifiedNs: bigint}): string {
  return `${identity}@${modifiedNs}`;
}

/** A place in an open file. */
class Reader {
  readonly identity: string;
  readonly #file: OpenFile;
  #position: number;
  #mark: Uint8Array;
  #modifiedNs: bigint;

  private constructor(file: OpenFile, position: number, mark: Uint8Array) {
    this.identity = file.identity;
    this.#file = file;
    this.#position = position;
    this.#mark = mark;
    this.#modifiedNs = file.modifiedNs;
  }

  static async at(file: OpenFile, position: number): Promise<Reader> {
    return new Reader(file, position, await readHead(file.handle, MARK_BYTES));
  }

  get version(): string {
    return versionOf({identity: this.identity, modifiedNs: this.#modifiedNs});
  }

  /** What has been added since the last look. */
  async *grown(): AsyncGenerator<Piece> {
    const {handle} = this.#file;
    const stat = await handle.stat({bigint: true});
    const size = Number(stat.size);
    this.#modifiedNs = stat.mtimeNs;
    if (size < this.#position || (size > this.#position && (await this.#wasEmptied()))) this.#position = 0;
    for await (const bytes of readRange(handle, this.#position, size)) {
      yield {bytes, begins: this.#position === 0};
      this.#position += bytes.length;
    }
  }

  async #wasEmptied(): Promise<boolean> {
    const before = this.#mark;
    this.#mark = await readHead(this.#file.handle, MARK_BYTES);
    return !Buffer.from(this.#mark.subarray(0, before.length)).equals(before);
  }

  close(): Promise<void> {
    return this.#file.handle.close();
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, {signal}).catch(() => undefined);
}
