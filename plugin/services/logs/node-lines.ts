import type {LogFilter} from '../../../src/logs/filter.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import type {NodeLineReader} from '../../../src/logs/node-lines.ts';
import {timedLines} from '../../logs/timed-lines.ts';
import {Last} from './last.ts';
import type {LiveLogsFlags} from './query.ts';
import {tailOf} from './query.ts';
import type {LogRun} from './run.ts';

/** One run over a log of a node. */
export interface NodeLogRun extends LogRun {
  node: string;
}

/** What of a log the node itself is asked for: lines that only a filter here can choose are not counted there. */
export function askedFor(
  filter: LogFilter,
  flags: LiveLogsFlags,
): {since: number | undefined; tail: number | undefined} {
  return {since: filter.since, tail: keptHere(filter, flags) === undefined ? tailOf(flags) : undefined};
}

/** How many of the last records are kept here; undefined where the node counts lines. */
function keptHere(filter: LogFilter, flags: LiveLogsFlags): number | undefined {
  const {since: _, ...narrowing} = filter;
  return !flags.follow && sieveOf(narrowing) !== undefined ? tailOf(flags) : undefined;
}

/** Writes the lines of a log of a node as records; of more than `keep` the last ones. */
export async function writeLines(
  {filter, flags, format, node, sink, stats}: NodeLogRun,
  stream: AsyncIterable<Uint8Array>,
  read: NodeLineReader,
  keep = keptHere(filter, flags),
): Promise<void> {
  const sieve = sieveOf(filter);
  const write = format?.writer({namespace: null, pod: null, container: null, node});
  const kept = keep === undefined ? undefined : new Last<string>(keep);
  let first = true;
  const put = (bytes: string): void => {
    sink.put(first || !format ? bytes : format.between + bytes);
    first = false;
  };
  if (format) sink.put(format.head);
  for await (const {bytes} of timedLines(stream, {stamped: false})) {
    const line = bytes.toString('latin1').replace(/\r+$/, '');
    const found = read(line);
    if (sieve && !sieve(found)) continue;
    stats?.add(found);
    const text = write ? write(found) : `${line}\n`;
    if (kept) kept.add(text);
    else put(text);
    if (flags.follow) sink.flushSoon();
    if (sink.isFull) break;
    await sink.drained();
  }
  for (const text of kept?.all() ?? []) put(text);
  if (format) sink.put(format.foot);
}
