import {stringify} from 'yaml';
import {padTo} from '../../src/report/columns.ts';
import {EXIT} from '../../src/report/exit.ts';
import {visible} from '../../src/report/visible.ts';
import {rfc3339} from '../../src/snapshot/time.ts';
import {count} from '../../src/text/words.ts';
import {AGENT_DAEMON_SETS} from '../../src/protocol/names.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {AgentError} from '../agent/client/agent-error.ts';
import type {Rollout} from '../agent/fleet/daemon-sets.ts';
import {rolloutOf} from '../agent/fleet/daemon-sets.ts';
import {findAgents} from '../agent/fleet/pods.ts';
import type {AgentStatus} from '../agent/fleet/status.ts';
import {agentStatuses} from '../agent/fleet/status.ts';
import type {AgentSession} from '../agent/session.ts';
import {agentSession} from '../agent/session.ts';
import {UserError} from '../errors.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {StatusLine} from '../terminal.ts';
import type {ClusterFlags} from './access.ts';
import {accessOptions} from './access.ts';
import {noAgents} from './no-agents.ts';
import {writeResult} from './result.ts';

/** Flags of `agent status`. */
export interface AgentStatusFlags extends ClusterFlags {
  'allow-exec': boolean;
  output: 'text' | 'json' | 'yaml';
}

const SYSTEMS = Object.keys(AGENT_DAEMON_SETS) as AgentOs[]; // The keys of a literal object.

/** Asks every agent how it is and prints it; answers with the exit code: 1 where any is not well. */
export async function printAgentStatus(flags: AgentStatusFlags, signal: AbortSignal): Promise<number> {
  const access = loadKubeconfig(accessOptions(flags));
  const session = agentSession(access, {allowExec: flags['allow-exec']});
  try {
    const items = await ask(session, signal);
    const rollouts = await rolloutsOf(session, signal);
    if (items.length === 0 && rollouts.length === 0) throw noAgents(access.name, EXIT.findings);
    const answer = {
      apiVersion: 'kubectl-win/v1',
      kind: 'AgentStatusList',
      source: {kind: 'cluster', name: access.name, collectedAt: rfc3339(Date.now())},
      items,
      unknown: [],
    };
    await writeResult(render(flags.output, answer, items, rollouts), undefined);
    const complete = rollouts.every(r => r.done) && items.every(i => i.well);
    return complete ? EXIT.ok : EXIT.findings;
  } finally {
    await session.close();
  }
}

async function ask(session: AgentSession, signal: AbortSignal): Promise<AgentStatus[]> {
  const status = new StatusLine();
  try {
    const found = await findAgents(session.reader, signal);
    let done = 0;
    return await agentStatuses(found, {
      ...session,
      signal,
      ended: () => status.show(`asking agents: ${++done} of ${found.byNode.size}`),
    });
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    throw new UserError(error.message, {
      code: error.reason,
      fix: ['ask for the Role kubectl-win-agent-use in namespace kubectl-win'],
      cause: error,
    });
  } finally {
    status.clear();
  }
}

/** How far each DaemonSet is; who may not read them learns of the pods alone. */
async function rolloutsOf({reader}: AgentSession, signal: AbortSignal): Promise<Rollout[]> {
  const read = SYSTEMS.map(os => rolloutOf(reader, os, signal).catch(() => undefined));
  const found = await Promise.all(read);
  signal.throwIfAborted();
  return found.filter(rollout => rollout !== undefined);
}

function render(
  output: AgentStatusFlags['output'],
  answer: object,
  items: readonly AgentStatus[],
  rollouts: readonly Rollout[],
): string {
  if (output === 'json') return `${JSON.stringify(answer, undefined, 2)}\n`;
  if (output === 'yaml') return stringify(answer);
  return table(items) + summary(items, rollouts);
}

function table(items: readonly AgentStatus[]): string {
  const rows = [
    ['NODE', 'OS', 'STATE', 'VERSION', 'TRANSPORT', 'CLOCK', 'REASON'],
    ...items.map(i => [
      i.node,
      i.os,
      i.well ? 'well' : 'not well',
      i.version ?? '-',
      i.transport ?? '-',
      i.clockOffsetMs === null ? '-' : `${(i.clockOffsetMs / 1000).toFixed(1)} s`,
      i.reason ?? '',
    ]),
  ].map(row => row.map(visible));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length))) ?? [];
  const lines = rows.map(row => row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join('  '));
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`;
}

function summary(items: readonly AgentStatus[], rollouts: readonly Rollout[]): string {
  const well = items.filter(i => i.well).length;
  const updating = rollouts
    .filter(r => !r.done)
    .map(r => `; on ${r.os}, ${r.ready} of ${count(r.wanted, 'node')} ready and up to date`);
  return `\n${well} of ${count(items.length, 'agent')} well${updating.join('')}\n`;
}
