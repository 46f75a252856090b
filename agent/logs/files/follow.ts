import {lstat} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {openUnread, versionOf} from './open-unread.ts';
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
  /** Files of the log that have been read, or are to be left out. */
  read: readonly OpenFile[];
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
  {folder, live, read: before, signal}: Following,
): AsyncGenerator<Piece> {
  let reader = await Reader.at(first, position);
  const read = new Set(before.map(versionOf));
  try {
    while (!signal.aborted) {
      yield* reader.grown();
      if (await replaced(folder, live, reader.identity)) {
        // Who writes may have been between two lines when the name changed.
        await pause(signal);
        yield* reader.grown();
        read.add(reader.version);
        for (const file of await openUnread(folder, live, read)) {
          await reader.close();
          reader = await Reader.at(file, 0);
          yield* reader.grown();
          read.add(reader.version);
        }
        continue;
      }
      await pause(signal);
    }
  } finally {
    await reader.close();
  }
}

/** Whether another file has the live name now. */
async function replaced(folder: string, live: string, identity: string): Promise<boolean> {
  const stat = await lstat(join(folder, live), {bigint: true}).catch(() => undefined);
  return stat !== undefined && `${stat.dev}:${stat.ino}` !== identity;
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
