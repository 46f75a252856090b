import {existsSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {AGENT_KEY_ENTRY, AGENT_PORT} from '../../src/protocol/names.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {UsageError} from './usage.ts';

/** Where the manifests mount the Secret's volume. */
const KEY_FILE = `/etc/kubectl-win/${AGENT_KEY_ENTRY}`;
/** What a node can be called: an RFC 1123 subdomain, as every name of a Node object. */
const NODE_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const MAX_PORT = 65_535;

/** Flags of `serve` and `connect` alike. */
export const AGENT_FLAGS = ['node-name', 'key-file'] as const;

/** Who the agent is, and where its key is. */
export interface AgentConfig {
  readonly node: string;
  readonly os: AgentOs;
  readonly keyFile: string;
}

type Flags = Readonly<Partial<Record<(typeof AGENT_FLAGS)[number], string>>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration: the node's name from its flag, from `NODE_NAME` (the manifests set it from `spec.nodeName`) or the
 * system. Throws a {@link UsageError}.
 */
export function agentConfig(flags: Flags, env: Environment): AgentConfig {
  const node = flags['node-name'] ?? env['NODE_NAME'] ?? hostname().toLowerCase();
  if (!NODE_NAME.test(node))
    throw new UsageError(`${JSON.stringify(node)} is no name of a node: give it by --node-name or NODE_NAME`);
  return {
    node,
    os: process.platform === 'win32' ? 'windows' : 'linux',
    keyFile: flags['key-file'] ?? mounted(KEY_FILE, env),
  };
}

/** Reads a TCP port; 0 lets the system choose. Throws a {@link UsageError}. */
export function readPort(flag: string, text: string | undefined, otherwise = AGENT_PORT): number {
  if (text === undefined) return otherwise;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= MAX_PORT))
    throw new UsageError(`--${flag} ${JSON.stringify(text)} is no port from 0 to ${MAX_PORT}`);
  return port;
}

/**
 * Where a volume's path is for this process. In a HostProcess container of containerd 1.6 it is below the container's root file
 * system only, from 1.7 on there and at the path itself (hcsshim, internal/jobcontainers). The first comes first: on 1.6
 * anybody who can write to the drive's root could put a file at the second.
 */
function mounted(path: string, env: Environment): string {
  const root = env['CONTAINER_SANDBOX_MOUNT_POINT'];
  if (root === undefined || root === '') return path;
  const inside = join(root, path);
  return existsSync(inside) ? inside : path;
}
