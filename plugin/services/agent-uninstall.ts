import {setTimeout as sleep} from 'node:timers/promises';
import {OWNED_LABEL, OWNED_VALUE} from '../../src/agent-manifests/labels.ts';
import {EXIT} from '../../src/report/exit.ts';
import {AGENT_NAMESPACE} from '../../src/protocol/names.ts';
import {findAgents} from '../agent/fleet/pods.ts';
import {existing} from '../agent/install/existing.ts';
import type {Leftovers} from '../agent/install/leftovers.ts';
import {leftovers} from '../agent/install/leftovers.ts';
import {ownedObjects} from '../agent/install/owned.ts';
import {pathOf} from '../agent/install/paths.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import type {ApiWriter} from '../kube/api-writer.ts';
import {HttpApiWriter} from '../kube/api-writer.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {StatusLine} from '../terminal.ts';
import type {ClusterFlags} from './access.ts';
import {accessOptions} from './access.ts';
import {secondsOf} from './agent-settings.ts';
import {confirmed} from './confirm.ts';
import {writeResult} from './result.ts';

const NAMESPACE = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: AGENT_NAMESPACE, labels: {}}};

/** Flags of `agent uninstall`. */
export interface AgentUninstallFlags extends ClusterFlags {
  yes: boolean;
  wait: boolean;
  timeout: string;
}

/** Where a removal reads and writes. */
export interface Removal {
  reader: ApiReader;
  writer: ApiWriter;
  signal: AbortSignal;
  timeoutMs: number;
}

/** Removes what `install` created, and shows that nothing of it is left; answers with the exit code. */
export async function uninstallAgents(flags: AgentUninstallFlags, signal: AbortSignal): Promise<number> {
  const timeoutMs = secondsOf('timeout', flags.timeout) * 1000;
  const access = loadKubeconfig(accessOptions(flags));
  const reader = new HttpApiReader(access);
  const writer = new HttpApiWriter(access);
  try {
    const names = await namesOf(reader, signal);
    if (names.length === 0) {
      process.stderr.write(`nothing of kubectl win's agents is in ${access.name}\n`);
      return EXIT.ok;
    }
    process.stderr.write(`From ${access.name}:\n${names.map(name => `  remove ${name}\n`).join('')}`);
    await confirmed(flags.yes, signal);
    const removal = {reader, writer, signal, timeoutMs: flags.wait ? timeoutMs : 0};
    return await reported(await removeAgents(removal), removal);
  } finally {
    await Promise.all([reader.close(), writer.close()]);
  }
}

/** What was removed, and why the namespace had to stay, if it had. */
interface Removed {
  names: string[];
  kept?: Leftovers;
}

/** Removes all of ours; the namespace only if it is ours and holds nothing of anybody else. */
export async function removeAgents({reader, writer, signal}: Omit<Removal, 'timeoutMs'>): Promise<Removed> {
  const names: string[] = [];
  for (const {name, path, uid} of await ownedObjects(reader, signal)) {
    if (await writer.remove(path, {signal, uid})) names.push(name);
  }
  const space = await ourNamespace(reader, signal);
  if (!space) return {names};
  const rest = await leftovers(reader, signal);
  if (rest.foreign.length > 0 || rest.unseen.length > 0) return {names, kept: rest};
  await writer.remove(pathOf(NAMESPACE), {signal, uid: space.uid});
  return {names: [...names, `namespace/${AGENT_NAMESPACE}`]};
}

async function ourNamespace(reader: ApiReader, signal: AbortSignal): Promise<{uid: string} | undefined> {
  const found = await existing(reader, NAMESPACE, signal);
  return found?.labels[OWNED_LABEL] === OWNED_VALUE ? found : undefined;
}

async function namesOf(reader: ApiReader, signal: AbortSignal): Promise<string[]> {
  const objects = await ownedObjects(reader, signal);
  const space = await ourNamespace(reader, signal);
  return [...objects.map(o => o.name), ...(space ? [`namespace/${AGENT_NAMESPACE}`] : [])];
}

/** Objects and their pods go in their own time. */
const POLL_MS = 500;

async function reported({names, kept}: Removed, removal: Removal): Promise<number> {
  await writeResult(names.map(name => `${name} deleted\n`).join(''), undefined);
  if (kept) process.stderr.write(`${whyKept(kept)}\n`);
  if (removal.timeoutMs === 0) return EXIT.ok;
  const rest = await untilGone(removal, kept !== undefined);
  for (const name of rest) process.stderr.write(`${name} is still there\n`);
  if (rest.length === 0) process.stderr.write("nothing of kubectl win's agents is left\n");
  return rest.length === 0 ? EXIT.ok : EXIT.findings;
}

/** Waits; answers with what is still there when the time is over. */
export async function untilGone(
  {reader, signal, timeoutMs}: Removal,
  staysNamespace = false,
): Promise<string[]> {
  const end = performance.now() + timeoutMs;
  const status = new StatusLine();
  try {
    for (;;) {
      const rest = await restOf(reader, signal, staysNamespace);
      if (rest.length === 0 || performance.now() > end) return rest;
      status.show(`waiting until ${rest.at(-1)} is gone`);
      await sleep(POLL_MS, undefined, {signal});
    }
  } finally {
    status.clear();
  }
}

async function restOf(reader: ApiReader, signal: AbortSignal, staysNamespace: boolean): Promise<string[]> {
  const objects = (await ownedObjects(reader, signal)).map(o => o.name);
  const pods = await podsLeft(reader, signal);
  const space = staysNamespace ? undefined : await ourNamespace(reader, signal);
  return [...objects, ...pods, ...(space ? [`namespace/${AGENT_NAMESPACE}`] : [])];
}

/** Agents that still run: the last trace on the nodes. */
async function podsLeft(reader: ApiReader, signal: AbortSignal): Promise<string[]> {
  const {byNode} = await findAgents(reader, signal);
  return [...byNode.values()].map(pod => `pod/${pod.name} on ${pod.node}`);
}

function whyKept({foreign, unseen}: Leftovers): string {
  const shown = foreign.slice(0, MOST_SHOWN).join(', ');
  const why =
    foreign.length > 0
      ? `it holds what is not kubectl win's: ${shown}${foreign.length > MOST_SHOWN ? `, and ${foreign.length - MOST_SHOWN} more` : ''}`
      : `you may not see whether it holds anything of others (${unseen.slice(0, MOST_SHOWN).join(', ')})`;
  return `namespace ${AGENT_NAMESPACE} stays: ${why}`;
}

const MOST_SHOWN = 10;
