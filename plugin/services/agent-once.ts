import {setTimeout as sleep} from 'node:timers/promises';
import type {AgentOs} from '../../src/protocol/names.ts';
import {AGENT_NAMESPACE} from '../../src/protocol/names.ts';
import {EXIT} from '../../src/report/exit.ts';
import {applyAll} from '../agent/install/apply.ts';
import {existing} from '../agent/install/existing.ts';
import {rolloutOf} from '../agent/fleet/daemon-sets.ts';
import {UserError} from '../errors.ts';
import type {Access} from '../kube/access.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import {HttpApiWriter} from '../kube/api-writer.ts';
import {completed, plannedObjects} from './agent-install.ts';
import {settingsOf} from './agent-settings.ts';
import {removeAgents} from './agent-uninstall.ts';

/** Which nodes get an agent for the time of one run. */
export interface OnceOptions {
  access: Access;
  nodes: readonly {name: string; os: AgentOs}[];
  signal: AbortSignal;
  progress: (text: string) => void;
}

/** Should this program be killed, they remove themselves. */
const TTL = '15m';
/** An image of 45 MB is pulled and started within this. */
const START_MS = 120_000;
const POLL_MS = 500;
/** Removing takes some requests, after an interrupt, too; nobody waits until the last pod is gone. */
const REMOVE_MS = 10_000;

/**
 * Runs agents on some nodes for as long as some work takes, and removes them whatever becomes of it. Where agents are
 * installed already, those are used and stay. Throws a `UserError` where no node is named.
 */
export async function withAgentsOnce<T>(options: OnceOptions, work: () => Promise<T>): Promise<T> {
  const {access, nodes, signal, progress} = options;
  if (nodes.length === 0) {
    throw new UserError('`--agent once` wants to be told the nodes', {
      code: 'bad-flag',
      fix: ['name them: `--node win-1`'],
      exitCode: EXIT.usage,
    });
  }
  const reader = new HttpApiReader(access);
  const writer = new HttpApiWriter(access);
  try {
    const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: AGENT_NAMESPACE, labels: {}}};
    if (await existing(reader, namespace, signal)) return await work();
    const os = [...new Set(nodes.map(node => node.os))];
    const told = settingsOf({
      linux: false,
      'max-unavailable': '100%',
      ttl: TTL,
      node: nodes.map(n => n.name),
    });
    const settings = await completed({...told, os}, reader, signal);
    try {
      progress('starting agents');
      await applyAll(plannedObjects(settings), {writer, signal});
      await started(reader, {os, signal, progress});
      return await work();
    } finally {
      await removeAgents({reader, writer, signal: AbortSignal.timeout(REMOVE_MS)});
    }
  } finally {
    await Promise.all([reader.close(), writer.close()]);
  }
}

/** Waits until they are ready, or for as long as that is of use: what is not ready then is told as a gap. */
async function started(
  reader: HttpApiReader,
  {os, signal, progress}: {os: readonly AgentOs[]; signal: AbortSignal; progress: (text: string) => void},
): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    const rollouts = await Promise.all(os.map(one => rolloutOf(reader, one, signal)));
    const ready = rollouts.reduce((sum, rollout) => sum + (rollout?.ready ?? 0), 0);
    if (rollouts.every(rollout => rollout?.done && rollout.wanted > 0) || performance.now() > end) return;
    progress(`waiting for agents: ${ready} ready`);
    await sleep(POLL_MS, undefined, {signal});
  }
}
