import {randomBytes} from 'node:crypto';
import type {Server} from 'node:http';
import type {ExecutionContext} from 'ava';
import {NO_OBSERVER} from '../../../agent/metrics/observer.ts';
import type {AuditEntry} from '../../../agent/server/audit.ts';
import type {ServerDeps} from '../../../agent/server/deps.ts';
import {SERVER_LIMITS} from '../../../agent/server/limits.ts';
import type {ServerLimits} from '../../../agent/server/limits.ts';
import {listenOnLoopback} from '../../../agent/server/listen.ts';
import {NO_LOG_SOURCES} from '../../../agent/server/log-sources.ts';
import {NO_PROBES} from '../../../agent/server/probe-runner.ts';
import {createAgentServer} from '../../../agent/server/server.ts';
import {AgentClient} from './client.ts';

/** An agent in this process, and a client that has its key. */
export interface TestAgent {
  readonly server: Server;
  readonly port: number;
  readonly key: Uint8Array;
  readonly deps: ServerDeps;
  readonly audit: readonly AuditEntry[];
  readonly client: AgentClient;
}

type Changes = Partial<Omit<ServerDeps, 'limits'>> & {limits?: Partial<ServerLimits>};

/** What an agent of tests stands on; the changes are put over it. */
export function agentDeps(key: Uint8Array, {limits, ...changes}: Changes = {}): ServerDeps {
  return {
    node: 'win-1',
    os: 'windows',
    boot: randomBytes(16).toString('hex'),
    keys: () => ({keys: [key]}),
    collectors: [],
    logs: NO_LOG_SOURCES,
    probes: NO_PROBES,
    clock: Date.now,
    audit: () => undefined,
    observer: NO_OBSERVER,
    limits: {...SERVER_LIMITS, ...limits},
    ...changes,
  };
}

/** Starts an agent on a port of its own; it ends with the test. */
export async function startAgent(t: ExecutionContext, changes: Changes = {}): Promise<TestAgent> {
  const key = randomBytes(32);
  const audit: AuditEntry[] = [];
  const deps = agentDeps(key, {audit: entry => audit.push(entry), ...changes});
  const server = createAgentServer(deps);
  const port = await listenOnLoopback(server, 0);
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return {server, port, key, deps, audit, client: await AgentClient.to(port, key)};
}
