import type {LogLevel} from '../../../src/logs/record.ts';
import type {FoundRecord} from '../../../src/logs/to-record.ts';
import type {Pod} from '../../../src/kube/types.ts';
import type {LogSource} from '../../../src/protocol/sources.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import {momentOf} from '../../logs/moment.ts';
import {timedLines} from '../../logs/timed-lines.ts';
import type {NodeLogs} from './node-logs.ts';
import {readerOf} from './node-logs.ts';

/** Records that a story takes of one log: more would be no story. */
const MAX_RECORDS = 2000;
/** Lines that are looked at for them, the newest. */
const MAX_LINES = 20_000;
const SERIOUS: ReadonlySet<LogLevel | null> = new Set<LogLevel | null>(['Critical', 'Error', 'Warning']);

export interface NodeStoryOptions {
  since: number | undefined;
  /** Only what concerns this pod, and what is serious in the system's own channels. */
  pod: Pod | undefined;
  note: (text: string) => void;
}

/** What the logs of a node tell, log by log. */
export async function nodeStory(logs: NodeLogs, options: NodeStoryOptions): Promise<FoundRecord[][]> {
  const told: FoundRecord[][] = [];
  for (const source of await logs.sources()) told.push(await recordsIn(source, logs, options));
  return told;
}

async function recordsIn(
  source: LogSource,
  logs: NodeLogs,
  {since, pod, note}: NodeStoryOptions,
): Promise<FoundRecord[]> {
  const isChannel = source.kind === 'channel';
  const read = readerOf(source, logs.at);
  const names = pod && namesOf(pod);
  const records: FoundRecord[] = [];
  const request = {source: source.id, follow: false, tail: MAX_LINES, ...(since !== undefined && {since})};
  try {
    for await (const {bytes} of timedLines(logs.log(request), {stamped: false})) {
      const record = read(bytes.toString('latin1').replace(/\r+$/, ''));
      const at = momentOf(record.time ?? '');
      // A line without a time belongs to the one before it, and tells little without it.
      if (at === undefined || (since !== undefined && at < since)) continue;
      const concerns = names ? names.some(name => record.message.includes(name)) : false;
      if (concerns || ((isChannel || !names) && SERIOUS.has(record.level))) records.push(record);
      if (records.length > MAX_RECORDS) records.shift();
    }
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    note(`${source.id} is left out: ${error.message}`);
  }
  return records;
}

/** By what a pod is known in a node's logs. */
function namesOf({metadata: {name, uid}}: Pod): string[] {
  return uid === undefined ? [name] : [name, uid];
}
