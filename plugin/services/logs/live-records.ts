import type {ByteString} from '../../../src/logs/bytes.ts';
import type {LogFilter} from '../../../src/logs/filter.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import type {LogStats} from '../../../src/logs/stats.ts';
import type {Found} from '../../../src/parse/logmonitor/found.ts';
import type {Layout} from '../../../src/parse/logmonitor/layout.ts';
import {Scanner} from '../../../src/parse/logmonitor/scanner.ts';
import type {Clock} from '../../kube/clock.ts';
import {SILENT, withSilences} from '../../logs/idle.ts';
import type {Timed} from '../../logs/interleave.ts';
import {momentOf} from '../../logs/moment.ts';
import type {LogOwner} from '../../logs/live-logs.ts';
import type {TimedLine} from '../../logs/timed-lines.ts';
import {Last} from './last.ts';
import type {RecordWriter} from './render.ts';

/** A record that has no end yet is shown as it is when nothing more has come for so long. */
const OPEN_MS = 1000;

/** How records of live logs are chosen and written. */
export interface RecordOptions {
  filter: LogFilter;
  layouts: readonly Layout[];
  writer: (owner: LogOwner) => RecordWriter;
  stats: LogStats | undefined;
  /** Only the last so many of each log. */
  tail: number | undefined;
  clock: Clock;
  signal: AbortSignal;
}

/** The records of one log, written, with the times by which logs are put in order; those that came together in one list. */
export async function* recordsOf(
  owner: LogOwner,
  batches: AsyncIterable<readonly TimedLine[]>,
  options: RecordOptions,
): AsyncGenerator<readonly Timed<ByteString>[]> {
  const {tail} = options;
  const reader = new RecordReader(owner, options);
  const kept = tail === undefined ? undefined : new Last<Timed<ByteString>>(tail);
  const silence = {ms: OPEN_MS, clock: options.clock, signal: options.signal};
  for await (const lines of withSilences(batches, silence)) {
    if (lines === SILENT) reader.flush();
    else reader.push(lines);
    if (kept) for (const item of reader.take()) kept.add(item);
    else yield reader.take();
  }
  reader.flush();
  if (!kept) yield reader.take();
  else {
    for (const item of reader.take()) kept.add(item);
    yield kept.all();
  }
}

class RecordReader {
  readonly #scanner: Scanner;
  readonly #receive: (found: Found) => void;
  #items: Timed<ByteString>[] = [];
  #rest = '';
  #isLong = false;
  #at = 0;

  constructor(owner: LogOwner, {filter, layouts, writer, stats}: RecordOptions) {
    this.#scanner = new Scanner({format: 'stamped', layouts});
    const sieve = sieveOf(filter);
    const write = writer(owner);
    this.#receive = found => {
      this.#at = momentOf(found.criTime ?? '') ?? this.#at;
      if (sieve && !sieve(found)) return;
      stats?.add(found);
      this.#items.push({at: this.#at, item: write(found)});
    };
  }

  push(lines: readonly TimedLine[]): void {
    let text = this.#rest;
    for (const {time, bytes, more} of lines) {
      // Only the first piece of a long line has its time before it.
      const stamp = time === '' || this.#isLong ? '' : `${time} `;
      this.#isLong = more;
      text += `${stamp}${bytes.toString('latin1')}${more ? '' : '\n'}`;
    }
    this.#rest = text.slice(this.#scanner.scan(text, false, this.#receive));
  }

  /** Gives what waits for more. */
  flush(): void {
    // The middle of a line is no end of it.
    if (this.#rest === '') this.#scanner.flush(this.#receive);
  }

  /** What was found since it was last asked. */
  take(): Timed<ByteString>[] {
    if (this.#items.length === 0) return NONE;
    const items = this.#items;
    this.#items = [];
    return items;
  }
}

const NONE: Timed<ByteString>[] = [];
