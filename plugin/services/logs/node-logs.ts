import {nearest} from '../../../src/explain/nearest.ts';
import {eventLine, fileLine} from '../../../src/logs/node-lines.ts';
import type {NodeLineReader} from '../../../src/logs/node-lines.ts';
import type {LogRequest, LogSource} from '../../../src/protocol/sources.ts';
import {columnsOf, padTo} from '../../../src/report/columns.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visible} from '../../../src/report/visible.ts';
import {UserError} from '../../errors.ts';
import type {NodeLogRun} from './node-lines.ts';
import {askedFor, writeLines} from './node-lines.ts';
import {usage} from './query.ts';

/** The logs of one node: its agent gives them, or a capture. */
export interface NodeLogs {
  readonly node: string;
  /** When they are read, or were, milliseconds since 1970: klog leaves out the year. */
  readonly at: number;
  sources(): Promise<readonly LogSource[]>;
  /** Lines of a log, of a channel an event each, the oldest first. */
  log(request: LogRequest): AsyncIterable<Uint8Array>;
}

/** Says what is asked for is neither a log nor the list of them. Throws a `UserError`. */
export function assertAsked({flags}: NodeLogRun): void {
  if (flags.source === undefined && !flags['list-sources'])
    throw usage(`say which log of the node: --source ID, or --list-sources to see which there are`);
}

/** Shows a log of a node, or which logs it has. Throws a `UserError` where it has none of that id. */
export async function showNodeLog(run: NodeLogRun, logs: NodeLogs): Promise<void> {
  const {filter, flags} = run;
  const sources = await logs.sources();
  if (flags['list-sources']) {
    run.sink.put(listOf(sources));
    return;
  }
  const source = sourceIn(sources, flags.source ?? '', logs.node);
  const {since, tail} = askedFor(filter, flags);
  const request = {
    source: source.id,
    follow: flags.follow,
    ...(since !== undefined && {since}),
    ...(tail !== undefined && {tail}),
  };
  await writeLines(run, logs.log(request), readerOf(source, logs.at));
}

/** What reads the lines of a log. */
export function readerOf({kind, component, files}: LogSource, at: number): NodeLineReader {
  return kind === 'channel' ? eventLine(files[0] ?? component) : fileLine(component, at);
}

function sourceIn(sources: readonly LogSource[], id: string, node: string): LogSource {
  const source = sources.find(s => s.id === id);
  if (source) return source;
  const ids = sources.map(s => s.id);
  const meant = nearest(id, ids);
  throw new UserError(`node ${node} has no log \`${id}\``, {
    code: 'source',
    exitCode: EXIT.usage,
    fix: [meant === undefined ? `it has ${ids.join(', ') || 'none'}` : `did you mean ${meant}?`],
  });
}

/** The logs of a node as a table. */
function listOf(sources: readonly LogSource[]): string {
  const rows = [
    ['SOURCE', 'KIND', 'FILES'],
    ...sources.map(({id, kind, files}) => [id, kind, files.join(', ')].map(visible)),
  ];
  const widths = [0, 1].map(i => Math.max(...rows.map(row => columnsOf(row[i] ?? ''))) + 2);
  const lines = rows.map(row =>
    row
      .map((cell, i) => padTo(cell, widths[i] ?? 0))
      .join('')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
