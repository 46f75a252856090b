import {randomBytes} from 'node:crypto';
import type {AgentObjects} from '../../src/agent-manifests/objects.ts';
import {objectsFor} from '../../src/agent-manifests/objects.ts';
import type {AgentSettings} from '../../src/agent-manifests/settings.ts';
import {KEY_BYTES, formatKeys} from '../../src/protocol/key.ts';
import {rfc3339} from '../../src/snapshot/time.ts';
import {AgentError} from '../agent/client/agent-error.ts';
import type {PlannedObject} from '../agent/install/apply.ts';
import {applyAll, planOf} from '../agent/install/apply.ts';
import {endExpiry} from '../agent/install/end-expiry.ts';
import {clusterFacts} from '../agent/install/cluster-facts.ts';
import {nameOf} from '../agent/install/paths.ts';
import {keysIn} from '../agent/key.ts';
import {UserError} from '../errors.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import type {ApiWriter} from '../kube/api-writer.ts';
import {HttpApiWriter} from '../kube/api-writer.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {EXIT} from '../../src/report/exit.ts';
import {StatusLine} from '../terminal.ts';
import type {ClusterFlags} from './access.ts';
import {accessOptions} from './access.ts';
import type {InstallFlags} from './agent-settings.ts';
import {secondsOf, settingsOf} from './agent-settings.ts';
import {awaitAgents} from './agent-wait.ts';
import {confirmed} from './confirm.ts';
import {writeResult} from './result.ts';

/** Flags of `agent install`. */
export interface AgentInstallFlags extends InstallFlags, ClusterFlags {
  'dry-run': boolean;
  yes: boolean;
  wait: boolean;
  timeout: string;
}

/** Installs agents, or changes what is installed; answers with the exit code. */
export async function installAgents(flags: AgentInstallFlags, signal: AbortSignal): Promise<number> {
  const told = settingsOf(flags);
  const timeoutMs = secondsOf('timeout', flags.timeout) * 1000;
  const access = loadKubeconfig(accessOptions(flags));
  const reader = new HttpApiReader(access);
  const writer = new HttpApiWriter(access);
  try {
    const settings = await completed(told, reader, signal);
    const plan = await planOf(plannedObjects(settings), reader, signal);
    process.stderr.write(planText(plan, settings, access.name));
    if (flags['dry-run']) return EXIT.ok;
    await confirmed(flags.yes, signal);
    await applied(settings, {reader, writer, signal});
    return flags.wait ? await awaitAgents(reader, {os: settings.os, timeoutMs, signal}) : EXIT.ok;
  } finally {
    await Promise.all([reader.close(), writer.close()]);
  }
}

/** Where an installation reads and writes. */
export interface Installing {
  reader: ApiReader;
  writer: ApiWriter;
  signal: AbortSignal;
}

/** Applies everything and says of each object what became of it. */
export async function applied(settings: AgentSettings, installing: Installing): Promise<void> {
  const {reader, writer, signal} = installing;
  await endExpiry(installing);
  const objects = plannedObjects(settings);
  const plan = await planOf(objects, reader, signal);
  const status = new StatusLine();
  try {
    await applyAll(objects, {writer, signal, applying: object => status.show(`applying ${nameOf(object)}`)});
  } finally {
    status.clear();
  }
  const names = plan.map(({object, isThere}) => `${nameOf(object)} ${isThere ? 'configured' : 'created'}\n`);
  await writeResult(names.join(''), undefined);
}

/** Adds what only the cluster knows: its networks, whether it is OpenShift, the key that is there. */
export async function completed(
  told: AgentSettings,
  reader: ApiReader,
  signal: AbortSignal,
): Promise<AgentSettings> {
  const [facts, key] = await Promise.all([clusterFacts(reader, signal), keyFor(reader, signal)]);
  return {...told, key, openShift: facts.openShift, clusterTargets: facts.targets};
}

/** The key that is there stays: agents that run would refuse another until they have seen it. */
async function keyFor(reader: ApiReader, signal: AbortSignal): Promise<string> {
  try {
    const keys = await keysIn(reader, signal);
    if (keys.length > 0) return formatKeys(keys);
  } catch (error) {
    if (!(error instanceof AgentError) || error.reason === 'denied') throw refused(error);
  }
  return formatKeys([randomBytes(KEY_BYTES)]);
}

function refused(error: unknown): unknown {
  if (!(error instanceof AgentError)) return error;
  return new UserError(error.message, {
    code: 'denied',
    fix: ['ask for the ClusterRole kubectl-win-agent-admin'],
  });
}

/** Everything that these settings mean, with the end of their time counted from now. */
export function plannedObjects(settings: AgentSettings): AgentObjects {
  const {ttlSeconds} = settings;
  if (ttlSeconds === undefined) return objectsFor(settings);
  return objectsFor(settings, {ttlSeconds, at: rfc3339(Date.now() + ttlSeconds * 1000)});
}

/** What will be in the cluster, and what that means, before anything is. */
function planText(
  plan: readonly PlannedObject[],
  {image, os, execUsers, ttlSeconds}: AgentSettings,
  cluster: string,
): string {
  const lines = plan.map(({object, isThere}) => `  ${isThere ? 'change' : 'create'} ${nameOf(object)}`);
  const run = os
    .map(one => (one === 'windows' ? 'SYSTEM on Windows nodes' : 'root on Linux nodes'))
    .join(' and ');
  return `${[
    `In ${cluster}, namespace kubectl-win:`,
    ...lines,
    `The agents run ${image} as ${run}. They read, and listen on 127.0.0.1 alone.`,
    ...(execUsers.length > 0
      ? [`${execUsers.map(s => s.name).join(', ')} may exec into them, which is ${run}.`]
      : []),
    ...(ttlSeconds === undefined ? [] : [`Everything removes itself after ${ttlSeconds} s.`]),
  ].join('\n')}\n`;
}
