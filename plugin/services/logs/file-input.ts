import {setFlagsFromString} from 'node:v8';
import {sieveOf} from '../../../src/logs/filter.ts';
import {Scanner} from '../../../src/parse/logmonitor/scanner.ts';
import {chunksOf, blockableSize} from './chunks.ts';
import type {FilePoint, FileRun} from './file-run.ts';
import {receiverFor, scannerOptions} from './receivers.ts';
import {asUtf8} from './utf16.ts';
import {Windows} from './windows.ts';

/**
 * Room for objects that die young does not grow any more: records do, all of them, and more room only makes the process larger,
 * by a quarter, and not faster. (`--max-semi-space-size` has no effect once the engine runs.) So little is left to keep each time that
 * threads which collect garbage together mostly wait for each other: alone one takes half as long, or a third. And functions take in
 * fewer of those they call: most of a short run is compiling them, which then takes a quarter less.
 */
const ENGINE_FLAGS = [
  '--semi-space-growth-factor=1',
  '--no-parallel-scavenge',
  '--max-inlined-bytecode-size-cumulative=150',
];

/** Reads a log file, or standard input for `-`, and writes its records. */
export async function readFileInput(run: FileRun): Promise<void> {
  const {sink, format} = run;
  for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);
  if (format) sink.put(format.head);
  const {point, isWhole} = await withThreads(run);
  if (!isWhole) await readFrom(run, point);
  if (format) sink.put(format.foot);
  sink.flush();
}

/** Reads a large file with several threads where nothing has to be counted or kept over all of it, as far as that goes. */
async function withThreads(run: FileRun): Promise<{point: FilePoint; isWhole: boolean}> {
  const {path, portable, tail, stats, sink, filter} = run;
  const {since, until} = filter;
  const counts = tail !== undefined || stats !== undefined || sink.isLimited;
  const {threads} = run;
  const start = {point: {offset: 0, state: undefined, hasWritten: false}, isWhole: false};
  if (!portable || counts || since !== undefined || until !== undefined || threads < 2) return start;
  const size = path === '-' ? undefined : await blockableSize(path);
  if (size === undefined) return start;
  const {readWithThreads} = await import('./threads/read.ts');
  const point = await readWithThreads(run, portable, {threads, size});
  return {point, isWhole: point.offset >= size};
}

/** Reads a file from a point on, in this thread. */
async function readFrom(run: FileRun, {offset, state, hasWritten}: FilePoint): Promise<void> {
  const {sink} = run;
  const receiver = receiverFor(run, sink, hasWritten);
  const scanner = new Scanner({...scannerOptions(run), state});
  const windows = new Windows(scanner, found => receiver.take(found, windows));
  const isCopy = isWhole(run);
  const done = (): void => receiver.endOfWindow(windows);
  const chunks = chunksOf(run.path, run.signal, offset);
  // What is passed on as it came stays on bytes.
  for await (const chunk of run.format ? asUtf8(chunks) : chunks) {
    // What is wanted whole and as it came need not be read.
    if (isCopy) sink.putBytes(chunk);
    else windows.push(chunk, done);
    if (sink.isFull) break;
    // What comes by a pipe may be followed: nobody knows when the next of it comes.
    if (run.path === '-') {
      receiver.flush();
      sink.flush();
    }
    await sink.drained();
  }
  if (!sink.isFull) windows.end(done);
  receiver.end();
}

/** Whether every byte is wanted as it came, and nothing is counted. */
function isWhole({format, filter, tail, stats, sink}: FileRun): boolean {
  return !format && !sieveOf(filter) && tail === undefined && !stats && !sink.isLimited;
}
