import {open} from 'node:fs/promises';
import {setImmediate} from 'node:timers/promises';
import type {ScannerState} from '../../../../src/parse/logmonitor/state.ts';
import type {FilePoint, FileRun} from '../file-run.ts';
import type {PortableFormat} from '../render.ts';
import type {Block} from './block.ts';
import {BlockOutput} from './block-output.ts';
import {BlockParser} from './block.ts';
import {boundaryNear} from './boundary.ts';
import type {Done} from './job.ts';
import {ThreadPool} from './pool.ts';

/** Small, so that what waits for its turn needs little memory. */
const BLOCK = 512 * 1024;
/** The first block is smaller: the others wait for what it teaches. */
const FIRST_BLOCK = 64 * 1024;
/** JSON of a block is half as long again as what LogMonitor printed; where it is more, the thread takes more. */
const ROOM = 2 * BLOCK;
/** Blocks for each thread that are read before it is their turn: this one goes ahead while others start. */
const AHEAD = 6;
/** After so many wrong guesses, and more than one in four, blocks are read one after the other. */
const FEW_MISSES = 4;

/** A block that is planned; `work` is undefined as long as nobody reads it. */
interface Planned extends Omit<Block, 'state'> {
  work?: Work;
}

/** The reading of a block. */
interface Work {
  /** Where it was begun, and what was expected to be known there, as text. */
  start: number;
  guess: string;
  /** Which memory it is written to. */
  room: number;
  /** What came of it; undefined before that. */
  written: Written | undefined;
  /** Resolves when the thread that has it is done, or dead. */
  ended: Promise<unknown>;
}

/** Where a block ended, and its records. */
type Written = Omit<Done, 'id'>;

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
  const rooms = Array.from({length: threads * AHEAD}, () => new SharedArrayBuffer(ROOM));
  const pool = new ThreadPool(threads - 1, {path, inputFormat, layouts, filter, format, rooms});
  try {
    return await new BlockReader(run, {file: file.fd, pool, size, rooms}).read();
  } finally {
    await pool.close();
    await file.close();
  }
}

interface Means {
  /** Its descriptor. */
  file: number;
  pool: ThreadPool;
  size: number;
  rooms: readonly SharedArrayBuffer[];
}

class BlockReader {
  readonly #run: FileRun;
  readonly #means: Means;
  readonly #parser: BlockParser;
  readonly #blocks: Planned[] = [];
  /** Numbers of the rooms that nobody writes to. */
  readonly #free: number[];
  #point: FilePoint = {offset: 0, state: undefined, hasWritten: false};
  /** Where the next block begins. */
  #next = 0;
  /** Whether no further block can be cut off. */
  #isAll = false;
  #taken = 0;
  #misses = 0;

  constructor(run: FileRun, means: Means) {
    this.#run = run;
    this.#means = means;
    this.#parser = new BlockParser(means.file, run);
    this.#free = means.rooms.map((_, i) => i);
  }

  async read(): Promise<FilePoint> {
    const {signal} = this.#run;
    for (;;) {
      // Other threads, and whoever ends this, are heard between blocks.
      await setImmediate();
      signal.throwIfAborted();
      this.#plan();
      const [first] = this.#blocks;
      if (!first) return this.#point;
      if (!first.work) {
        if (first.end > this.#point.offset) this.#readHere(first);
      } else if (!first.work.written) {
        const next = this.#blocks.find(block => !block.work);
        if (next) {
          this.#readHere(next);
          continue;
        }
        await first.work.ended;
      }
      if (!(await this.#takeFirst())) return this.#point;
    }
  }

  /** Plans blocks as far as it is worth while, and gives them to threads that are free. */
  #plan(): void {
    const {size, rooms, pool, file} = this.#means;
    const most = this.#guesses ? rooms.length : 1;
    while (!this.#isAll && this.#blocks.length < most) {
      const wanted = this.#next + (this.#next === 0 ? FIRST_BLOCK : BLOCK);
      const end = wanted >= size ? size : boundaryNear(file, wanted);
      // A line without an end is nothing for a block.
      this.#isAll = end === undefined || end === size;
      if (end === undefined) break;
      this.#blocks.push({start: this.#next, end, isLast: end === size});
      this.#next = end;
    }
    // The first one is for this thread, if nobody has it: it knows what is known there.
    for (const block of this.#blocks.slice(1)) {
      if (!pool.isFree) return;
      if (!block.work) this.#give(block);
    }
  }

  /** Whether it is worth while to guess: not before the first block has taught something. */
  get #guesses(): boolean {
    return this.#taken > 0 && (this.#misses <= FEW_MISSES || this.#misses * 4 < this.#taken);
  }

  #give(block: Planned): void {
    const {start, end, isLast} = block;
    const {state} = this.#point;
    const work = this.#begin(block, start);
    const done = this.#means.pool.run({start, end, isLast, state, room: work.room});
    work.ended = done.then(
      written => (work.written = written),
      () => undefined,
    );
  }

  /** Reads a block in this thread. */
  #readHere(block: Planned): void {
    const {offset, state} = this.#point;
    // What is known at the start of the first one is known by now, and where that is.
    const start = block === this.#blocks[0] ? offset : block.start;
    const work = this.#begin(block, start);
    const output = new BlockOutput(this.#room(work.room));
    const end = this.#parser.read({...block, start, state}, output, false);
    work.written = {...end, ...output.end()};
  }

  #begin(block: Planned, start: number): Work {
    // There are as many rooms as blocks can be planned.
    const room = this.#free.pop() ?? 0;
    const guess = keyOf(this.#point.state);
    block.work = {start, guess, room, written: undefined, ended: Promise.resolve()};
    return block.work;
  }

  /** Writes what was made of the first block; false where nobody could make it so: it goes on without blocks. */
  async #takeFirst(): Promise<boolean> {
    const first = this.#blocks.shift();
    // A thread that died leaves nothing.
    if (!first || (first.work && !first.work.written)) return false;
    const {work, start, end, isLast} = first;
    const {offset, state} = this.#point;
    if (work) this.#free.push(work.room);
    // The record before may have gone on over all of it.
    if (!work?.written || end <= offset) return true;
    if (work.start !== offset || work.guess !== keyOf(state)) {
      this.#misses++;
      this.#blocks.unshift({start, end, isLast});
      return true;
    }
    return this.#write(first, work.written);
  }

  async #write({isLast, work}: Planned, {end, state, length, larger}: Written): Promise<boolean> {
    // A record that goes on beyond reach: nothing of the block is written.
    if (state === undefined && !isLast) return false;
    const {sink, format} = this.#run;
    const {hasWritten} = this.#point;
    if (length > 0) {
      if (format && hasWritten) sink.put(format.between);
      sink.putBytes(new Uint8Array(larger ?? this.#room(work?.room ?? 0), 0, length));
      await sink.drained();
    }
    this.#taken++;
    this.#point = {offset: end, state, hasWritten: hasWritten || length > 0};
    return true;
  }

  #room(number: number): SharedArrayBuffer {
    const room = this.#means.rooms[number];
    if (!room) throw new Error(`no room ${number}`);
    return room;
  }
}

function keyOf(state: ScannerState | undefined): string {
  return JSON.stringify(state ?? null);
}
