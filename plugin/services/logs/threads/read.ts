import type {FileHandle} from 'node:fs/promises';
import {open} from 'node:fs/promises';
import type {ScannerState} from '../../../../src/parse/logmonitor/state.ts';
import type {FilePoint, FileRun} from '../file-input.ts';
import type {PortableFormat} from '../render.ts';
import type {Block, BlockEnd} from './block.ts';
import {BlockOutput} from './block-output.ts';
import {BlockParser} from './block.ts';
import {boundaryNear} from './boundary.ts';
import type {Done} from './job.ts';
import {ThreadPool} from './pool.ts';

/** Small, so that what waits for its turn needs little memory. */
const BLOCK = 256 * 1024;
/** The first block is smaller: the others wait for what it teaches. */
const FIRST_BLOCK = 64 * 1024;
/** JSON of a block is half as long again as what LogMonitor printed; where it is more, the thread takes more. */
const ROOM = 2 * BLOCK;
/** Blocks under way for each thread: one is read while others wait to be written or begun. */
const AHEAD = 3;
/** After so many wrong guesses, and more than one in four, blocks are read one after the other. */
const FEW_MISSES = 4;

/** A block that is planned: of this thread, or given to another one. */
interface Planned extends Block {
  given?: {
    /** What was expected to be known at its start, as text. */
    guess: string;
    /** Which memory it is written to. */
    room: number;
    done: Promise<Done>;
  };
}

/**
 * Reads a file with several threads, this one among them, and writes its records in order, as far as that goes: to the end, or
 * to a line that is too long. Says where to go on. The result is the same as with one thread: a block whose start was guessed
 * wrongly is read again.
 */
export async function readWithThreads(
  run: FileRun,
  format: PortableFormat,
  {threads, size}: {threads: number; size: number},
): Promise<FilePoint> {
  const {path, inputFormat, layouts, filter} = run;
  const file = await open(path, 'r');
  const rooms = Array.from({length: (threads - 1) * AHEAD}, () => new SharedArrayBuffer(ROOM));
  const pool = new ThreadPool(threads - 1, {path, inputFormat, layouts, filter, format, rooms});
  try {
    return await new BlockReader(run, {file, pool, size, threads, rooms}).read();
  } finally {
    await pool.close();
    await file.close();
  }
}

interface Means {
  file: FileHandle;
  pool: ThreadPool;
  size: number;
  threads: number;
  rooms: readonly SharedArrayBuffer[];
}

class BlockReader {
  readonly #run: FileRun;
  readonly #means: Means;
  readonly #parser: BlockParser;
  readonly #blocks: Planned[] = [];
  /** Numbers of the rooms that no job has. */
  readonly #free: number[];
  /** What this thread writes to. */
  readonly #room = new SharedArrayBuffer(ROOM);
  #point: FilePoint = {offset: 0, state: undefined, hasWritten: false};
  /** Where the next block begins. */
  #next = 0;
  /** How many blocks were planned. */
  #planned = 0;
  /** Whether no further block can be cut off. */
  #isAll = false;
  #taken = 0;
  #misses = 0;

  constructor(run: FileRun, means: Means) {
    this.#run = run;
    this.#means = means;
    this.#parser = new BlockParser(means.file.fd, run);
    this.#free = means.rooms.map((_, i) => i);
  }

  async read(): Promise<FilePoint> {
    const {signal} = this.#run;
    for (;;) {
      signal.throwIfAborted();
      await this.#plan();
      const block = this.#blocks.shift();
      if (!block) return this.#point;
      const {given} = block;
      if (!given) {
        if (!(await this.#own(block))) return this.#point;
        continue;
      }
      const done = await given.done.catch(() => undefined);
      // A thread that died, or a record that does not end: the rest is read without blocks.
      if (!done) return this.#point;
      this.#free.push(given.room);
      const isRight = block.start === this.#point.offset && given.guess === keyOf(this.#point.state);
      if (!isRight) this.#again(block);
      else if (!(await this.#take(block, done, this.#bytesOf(done, given.room)))) return this.#point;
    }
  }

  /** Plans blocks as long as there are threads for them. */
  async #plan(): Promise<void> {
    const {size, threads, file} = this.#means;
    const most = this.#guesses ? threads * AHEAD : 1;
    while (!this.#isAll && this.#blocks.length < most) {
      const wanted = this.#next + (this.#next === 0 ? FIRST_BLOCK : BLOCK);
      const end = wanted >= size ? size : await boundaryNear(file, wanted);
      // A line without an end is nothing for a block.
      this.#isAll = end === undefined || end === size;
      if (end === undefined) return;
      const block = {start: this.#next, end, isLast: end === size, state: undefined};
      this.#next = end;
      const room = this.#planned++ % threads === 0 ? undefined : this.#free.pop();
      this.#blocks.push(room === undefined ? block : this.#give(block, room));
    }
  }

  /** Whether it is worth while to guess: not before the first block has taught something. */
  get #guesses(): boolean {
    return this.#taken > 0 && (this.#misses <= FEW_MISSES || this.#misses * 4 < this.#taken);
  }

  #give(block: Block, room: number): Planned {
    const {state} = this.#point;
    const done = this.#means.pool.run({...block, state, room});
    return {...block, given: {guess: keyOf(state), room, done}};
  }

  /** Reads a block itself: what is known at its start is known by now. */
  async #own(block: Block): Promise<boolean> {
    const {offset, state} = this.#point;
    // The record before may have gone on over all of it.
    if (offset >= block.end) return true;
    const output = new BlockOutput(this.#room);
    const end = this.#parser.read({...block, start: offset, state}, output, false);
    const {length, larger = this.#room} = output.end();
    return this.#take(block, end, new Uint8Array(larger, 0, length));
  }

  /** Writes what was made of a block; false where it goes on beyond reach, and then nothing was written. */
  async #take({isLast}: Block, {end, state}: BlockEnd, bytes: Uint8Array): Promise<boolean> {
    if (state === undefined && !isLast) return false;
    const {sink, format} = this.#run;
    const {hasWritten} = this.#point;
    if (bytes.length > 0) {
      if (format && hasWritten) sink.put(format.between);
      sink.putBytes(bytes);
      await sink.drained();
    }
    this.#taken++;
    this.#point = {offset: end, state, hasWritten: hasWritten || bytes.length > 0};
    return true;
  }

  #bytesOf({length, larger}: Done, room: number): Uint8Array {
    // A job is given the number of a room that there is.
    return new Uint8Array(larger ?? this.#means.rooms[room] ?? this.#room, 0, length);
  }

  /** A wrong guess: this thread reads the block. */
  #again({start, end, isLast}: Planned): void {
    this.#misses++;
    this.#blocks.unshift({start, end, isLast, state: undefined});
  }
}

function keyOf(state: ScannerState | undefined): string {
  return JSON.stringify(state ?? null);
}
