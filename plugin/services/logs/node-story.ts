import {eventLine, fileLine} from '../../../src/logs/node-lines.ts';
import type {LogLevel} from '../../../src/logs/record.ts';
import type {FoundRecord} from '../../../src/logs/to-record.ts';
import type {Pod} from '../../../src/kube/types.ts';
import type {LogSource} from '../../../src/protocol/sources.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import type {AgentConnection} from '../../agent/client/connect.ts';
import {connectAgent} from '../../agent/client/connect.ts';
import {findAgents} from '../../agent/fleet/pods.ts';
import {agentSession} from '../../agent/session.ts';
import type {Access} from '../../kube/access.ts';
import {momentOf} from '../../logs/moment.ts';
import {timedLines} from '../../logs/timed-lines.ts';
import {requestLog} from '../access.ts';
import type {LiveLogsFlags} from './query.ts';

/** Records that a story takes of one log: more would be no story. */
const MAX_RECORDS = 2000;
/** Lines that are looked at for them, the newest. */
const MAX_LINES = 20_000;
const SERIOUS: ReadonlySet<LogLevel | null> = new Set<LogLevel | null>(['Critical', 'Error', 'Warning']);

export interface NodeStoryOptions {
  access: Access;
  flags: LiveLogsFlags;
  node: string;
  since: number | undefined;
  /** Only what concerns this pod, and what is serious in the system's own channels. */
  pod: Pod | undefined;
  note: (text: string) => void;
  signal: AbortSignal;
}

/** What the logs of a node tell, as far as its agent gives them; that it does not is noted. */
export async function nodeStory(
  options: NodeStoryOptions,
): Promise<{source: LogSource; records: FoundRecord[]}[]> {
  const {access, flags, node, note, signal} = options;
  const session = agentSession(access, {allowExec: flags['allow-exec'], log: requestLog(flags.verbose)});
  let connection: AgentConnection | undefined;
  try {
    const pod = (await findAgents(session.reader, signal)).byNode.get(node);
    if (!pod) throw new AgentError('not-requested', 'no agent runs there (kubectl win agent install)');
    if (pod.trouble !== undefined) throw new AgentError('failed', pod.trouble);
    connection = await connectAgent(pod, {...session, signal});
    const told: {source: LogSource; records: FoundRecord[]}[] = [];
    for (const source of await connection.client.sources(signal)) {
      told.push({source, records: await recordsIn(source, connection, options)});
    }
    return told;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    note(`the logs of node ${node} are left out: ${error.message}`);
    return [];
  } finally {
    connection?.client.close();
    await session.close();
  }
}

async function recordsIn(
  source: LogSource,
  {client}: AgentConnection,
  {since, pod, note, signal}: NodeStoryOptions,
): Promise<FoundRecord[]> {
  const isChannel = source.kind === 'channel';
  const read = isChannel ? eventLine(source.files[0] ?? source.id) : fileLine(source.component, Date.now());
  const names = pod && namesOf(pod);
  const records: FoundRecord[] = [];
  const request = {source: source.id, follow: false, tail: MAX_LINES, ...(since !== undefined && {since})};
  try {
    for await (const {bytes} of timedLines(client.log(request, signal), {stamped: false})) {
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
