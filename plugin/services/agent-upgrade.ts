import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {SETTINGS_ANNOTATION, readStoredSettings} from '../../src/agent-manifests/stored-settings.ts';
import {keySecret} from '../../src/agent-manifests/secret.ts';
import type {AgentSettings} from '../../src/agent-manifests/settings.ts';
import {EXPIRY} from '../../src/agent-manifests/role-names.ts';
import {EXIT} from '../../src/report/exit.ts';
import {KEY_BYTES, formatKeys} from '../../src/protocol/key.ts';
import {AGENT_NAMESPACE} from '../../src/protocol/names.ts';
import {existing} from '../agent/install/existing.ts';
import {pathOf} from '../agent/install/paths.ts';
import {findAgents} from '../agent/fleet/pods.ts';
import {agentStatuses} from '../agent/fleet/status.ts';
import {defaultImage} from '../agent/image.ts';
import {keysIn} from '../agent/key.ts';
import type {AgentSession} from '../agent/session.ts';
import {agentSession} from '../agent/session.ts';
import {UserError} from '../errors.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import type {ApiWriter} from '../kube/api-writer.ts';
import {HttpApiWriter} from '../kube/api-writer.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {StatusLine} from '../terminal.ts';
import {toolVersion} from '../version.ts';
import type {ClusterFlags} from './access.ts';
import {accessOptions} from './access.ts';
import {applied, completed} from './agent-install.ts';
import {secondsOf} from './agent-settings.ts';
import {awaitAgents} from './agent-wait.ts';
import {confirmed} from './confirm.ts';

/** Flags of `agent upgrade`. */
export interface AgentUpgradeFlags extends ClusterFlags {
  image?: string | undefined;
  'rotate-key': boolean;
  'allow-exec': boolean;
  yes: boolean;
  wait: boolean;
  timeout: string;
}

/** Brings what is installed to this program's version, with the settings that it was installed with. */
export async function upgradeAgents(flags: AgentUpgradeFlags, signal: AbortSignal): Promise<number> {
  const timeoutMs = secondsOf('timeout', flags.timeout) * 1000;
  const access = loadKubeconfig(accessOptions(flags));
  const session = agentSession(access, {allowExec: flags['allow-exec']});
  const writer = new HttpApiWriter(access);
  const {reader} = session;
  try {
    const stored = await storedIn(reader, signal);
    const image = flags.image ?? defaultImage();
    const settings = await completed({...stored, image, version: toolVersion()}, reader, signal);
    process.stderr.write(planText(stored, settings, flags['rotate-key']));
    await confirmed(flags.yes, signal);
    await applied(settings, {reader, writer, signal});
    const code = flags.wait ? await awaitAgents(reader, {os: settings.os, timeoutMs, signal}) : EXIT.ok;
    if (flags['rotate-key']) await rotateKey({session, writer, signal, timeoutMs});
    return code;
  } finally {
    await Promise.all([session.close(), writer.close()]);
  }
}

async function storedIn(reader: ApiReader, signal: AbortSignal): Promise<AgentSettings> {
  const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: AGENT_NAMESPACE, labels: {}}};
  const found = await existing(reader, namespace, signal);
  const stored = readStoredSettings(found?.annotations[SETTINGS_ANNOTATION]);
  if (!stored) {
    throw new UserError('no agent is installed here that could be upgraded', {
      code: 'no-agent',
      fix: ['kubectl win agent install'],
      exitCode: EXIT.findings,
    });
  }
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name: EXPIRY, namespace: AGENT_NAMESPACE, labels: {}},
  };
  if (await existing(reader, job, signal)) {
    throw new UserError('what is installed removes itself soon, and an upgrade would end that', {
      code: 'expires',
      fix: ['kubectl win agent install, with or without `--ttl`'],
    });
  }
  return {...stored, openShift: false, clusterTargets: []};
}

function planText(before: AgentSettings, after: AgentSettings, rotates: boolean): string {
  const version =
    before.version === after.version
      ? `version ${after.version} stays`
      : `version ${before.version} becomes ${after.version}`;
  const image = before.image === after.image ? '' : `image ${before.image} becomes ${after.image}\n`;
  return `${version}\n${image}${rotates ? 'a new key replaces the one there\n' : ''}`;
}

/** The kubelet brings a changed Secret to its pods within a minute and a half; how often it is tried until then. */
const TRY_MS = 3000;

/**
 * Replaces the key without a moment in which an agent and the plugin have none in common: first every agent learns the
 * new one beside the old one, then the old one goes.
 */
async function rotateKey({
  session,
  writer,
  signal,
  timeoutMs,
}: {
  session: AgentSession;
  writer: ApiWriter;
  signal: AbortSignal;
  timeoutMs: number;
}): Promise<void> {
  const [old] = await keysIn(session.reader, signal);
  const next = new Uint8Array(randomBytes(KEY_BYTES));
  const store = async (keys: Uint8Array[]): Promise<void> => {
    const secret = keySecret(formatKeys(keys));
    await writer.apply(pathOf(secret), secret, {signal, force: true});
  };
  if (old) {
    await store([old, next]);
    const missing = await untilKnown(next, session, {signal, timeoutMs});
    for (const {node, reason} of missing) {
      process.stderr.write(`${node} has not taken the new key: ${reason ?? ''}\n`);
    }
  }
  await store([next]);
  process.stderr.write('the key is replaced\n');
}

async function untilKnown(
  key: Uint8Array,
  session: AgentSession,
  {signal, timeoutMs}: {signal: AbortSignal; timeoutMs: number},
): Promise<{node: string; reason: string | null}[]> {
  const end = performance.now() + timeoutMs;
  const status = new StatusLine();
  try {
    for (;;) {
      const found = await findAgents(session.reader, signal);
      const statuses = await agentStatuses(found, {...session, signal, keyOf: async () => key});
      const missing = statuses.filter(one => !one.well);
      if (missing.length === 0 || performance.now() > end) return missing;
      status.show(`waiting until ${missing.length} of ${statuses.length} agents know the new key`);
      await sleep(TRY_MS, undefined, {signal});
    }
  } finally {
    status.clear();
  }
}
