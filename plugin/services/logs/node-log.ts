import {nearest} from '../../../src/explain/nearest.ts';
import {eventLine, fileLine} from '../../../src/logs/node-lines.ts';
import type {NodeLineReader} from '../../../src/logs/node-lines.ts';
import type {LogSource} from '../../../src/protocol/sources.ts';
import {columnsOf, padTo} from '../../../src/report/columns.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visible} from '../../../src/report/visible.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import type {AgentConnection} from '../../agent/client/connect.ts';
import {connectAgent} from '../../agent/client/connect.ts';
import {findAgents} from '../../agent/fleet/pods.ts';
import type {AgentSession} from '../../agent/session.ts';
import {agentSession} from '../../agent/session.ts';
import {UserError} from '../../errors.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions, requestLog} from '../access.ts';
import type {NodeLogRun} from './node-lines.ts';
import {askedFor, writeLines} from './node-lines.ts';
import {usage} from './query.ts';

/** Shows a log of a node through its agent, or which logs it has. */
export async function readNodeLog(run: NodeLogRun): Promise<void> {
  const {flags, node, signal} = run;
  if (flags.source === undefined && !flags['list-sources']) {
    throw usage(`say which log of the node: --source ID, or --list-sources to see which there are`);
  }
  const log = requestLog(flags.verbose);
  const session = agentSession(loadKubeconfig(accessOptions(flags)), {allowExec: flags['allow-exec'], log});
  let connection: AgentConnection | undefined;
  try {
    connection = await connectTo(node, session, signal);
    const sources = await connection.client.sources(signal);
    if (flags['list-sources']) run.sink.put(listOf(sources));
    else await show(run, connection, sourceIn(sources, flags.source ?? '', node));
  } catch (error) {
    throw error instanceof AgentError ? withAdvice(error, node) : error;
  } finally {
    run.sink.flush();
    connection?.client.close();
    await session.close();
  }
}

async function connectTo(node: string, session: AgentSession, signal: AbortSignal): Promise<AgentConnection> {
  const {byNode} = await findAgents(session.reader, signal);
  const pod = byNode.get(node);
  if (!pod) {
    const meant = nearest(node, [...byNode.keys()]);
    const hint = meant === undefined ? '' : `; there is one on ${meant}`;
    throw new AgentError('not-requested', `no agent runs on node ${node}${hint}`);
  }
  if (pod.trouble !== undefined) throw new AgentError('failed', pod.trouble);
  return connectAgent(pod, {...session, signal});
}

/** What can be done where the agent cannot be asked. */
function withAdvice(error: AgentError, node: string): UserError {
  const fix =
    error.reason === 'not-requested'
      ? [
          'kubectl win agent install',
          `or, where the kubelet answers NodeLogQuery: kubectl win logs node/${node} --source kubelet --node-proxy`,
        ]
      : ['kubectl win agent status'];
  return new UserError(`the logs of node ${node} cannot be read: ${error.message}`, {
    code: 'node-logs',
    fix,
    cause: error,
  });
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

async function show(run: NodeLogRun, {client}: AgentConnection, source: LogSource): Promise<void> {
  const {filter, flags, signal} = run;
  const {since, tail} = askedFor(filter, flags);
  const request = {
    source: source.id,
    follow: flags.follow,
    ...(since !== undefined && {since}),
    ...(tail !== undefined && {tail}),
  };
  await writeLines(run, client.log(request, signal), readerOf(source));
}

function readerOf({kind, component, files}: LogSource): NodeLineReader {
  return kind === 'channel' ? eventLine(files[0] ?? component) : fileLine(component, Date.now());
}
