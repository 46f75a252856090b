import {nearest} from '../../../src/explain/nearest.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import {connectAgent} from '../../agent/client/connect.ts';
import {findAgents} from '../../agent/fleet/pods.ts';
import type {AgentSession} from '../../agent/session.ts';
import {agentSession} from '../../agent/session.ts';
import {UserError} from '../../errors.ts';
import type {Access} from '../../kube/access.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {accessOptions} from '../access.ts';
import type {NodeLogRun} from './node-lines.ts';
import type {NodeLogs} from './node-logs.ts';
import {assertAsked, showNodeLog} from './node-logs.ts';
import type {LogRun} from './run.ts';

/** Shows a log of a node through its agent, or which logs it has. */
export async function readNodeLog(run: NodeLogRun): Promise<void> {
  assertAsked(run);
  try {
    await withAgentLogs(loadKubeconfig(accessOptions(run.flags)), run, logs => showNodeLog(run, logs));
  } catch (error) {
    throw error instanceof AgentError ? withAdvice(error, run.node) : error;
  } finally {
    run.sink.flush();
  }
}

/** Has the logs of a node used that its agent gives. Throws an `AgentError` where there is none, or it does not answer. */
export async function withAgentLogs<T>(
  access: Access,
  {node, flags, signal}: Pick<LogRun, 'flags' | 'signal'> & {node: string},
  use: (logs: NodeLogs) => Promise<T>,
): Promise<T> {
  const session = agentSession(access, {allowExec: flags['allow-exec']});
  try {
    const {client} = await connectTo(node, session, signal);
    try {
      return await use({
        node,
        at: Date.now(),
        sources: () => client.sources(signal),
        log: request => client.log(request, signal),
      });
    } finally {
      client.close();
    }
  } finally {
    await session.close();
  }
}

async function connectTo(
  node: string,
  session: AgentSession,
  signal: AbortSignal,
): ReturnType<typeof connectAgent> {
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
