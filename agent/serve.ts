import {AGENT_FLAGS, agentConfig, readPort} from './config/agent-config.ts';
import {readFlags} from './config/flags.ts';
import {agentVersion} from './config/version.ts';
import {serverDeps} from './deps.ts';
import {auditToStderr} from './server/audit.ts';
import {listenOnLoopback} from './server/listen.ts';
import {createAgentServer} from './server/server.ts';

/** Signals that end the agent; a Windows container's stop arrives as SIGTERM, SIGHUP or SIGBREAK. */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const;

/** Serves on loopback until it is told to end. */
export async function serve(args: readonly string[]): Promise<void> {
  const flags = readFlags(args, [...AGENT_FLAGS, 'port']);
  const config = agentConfig(flags, process.env);
  const {promise: stopped, resolve} = Promise.withResolvers<string>();
  for (const name of STOPS) process.on(name, resolve);
  const deps = serverDeps(config);
  const server = createAgentServer(deps);
  const port = await listenOnLoopback(server, readPort('port', flags.port));
  const {node, os, boot} = deps;
  auditToStderr({event: 'started', version: agentVersion(), node, os, boot, port});
  const {problem} = deps.keys();
  if (problem !== undefined) auditToStderr({event: 'no-key', detail: problem});
  const signal = await stopped;
  auditToStderr({event: 'stopped', signal});
  server.close();
  // Answers under way are cut, which their clients see, and collectors end with them.
  server.closeAllConnections();
}
