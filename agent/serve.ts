import {AGENT_FLAGS, agentConfig, readPort} from './config/agent-config.ts';
import {readFlags} from './config/flags.ts';
import {keepMemorySmall} from './config/memory.ts';
import {agentVersion} from './config/version.ts';
import {serverDeps} from './deps.ts';
import {METRICS_FLAGS, metricsConfig} from './metrics/config.ts';
import {steadyClock} from './server/clock.ts';
import {auditToStderr} from './server/audit.ts';
import {listenOnLoopback} from './server/listen.ts';
import {createAgentServer} from './server/server.ts';

/** Signals that end the agent; a Windows container's stop arrives as SIGTERM, SIGHUP or SIGBREAK. */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const;

/** Milliseconds that collectors have to end; well within the 30 s of a pod's termination. */
const LAST_MS = 5000;

/** Serves on loopback until it is told to end. */
export async function serve(args: readonly string[]): Promise<void> {
  keepMemorySmall();
  const flags = readFlags(args, [...AGENT_FLAGS, 'port', ...METRICS_FLAGS]);
  const config = agentConfig(flags, process.env);
  const {promise: stopped, resolve} = Promise.withResolvers<string>();
  for (const name of STOPS) process.on(name, resolve);
  const scraped = metricsConfig(flags, process.env);
  // Only who asks for metrics pays for their library.
  const metrics =
    scraped && (await (await import('./metrics/start.ts')).startMetrics(scraped, steadyClock()));
  const deps = serverDeps(config, metrics?.observer);
  const server = createAgentServer(deps);
  const port = await listenOnLoopback(server, readPort('port', flags.port)).catch((error: unknown) => {
    // What still listens would keep a program that has failed from ending.
    metrics?.close();
    throw error;
  });
  const {node, os, boot} = deps;
  auditToStderr({
    event: 'started',
    version: agentVersion(),
    node,
    os,
    boot,
    port,
    metricsPort: metrics?.port,
  });
  const {problem} = deps.keys();
  if (problem !== undefined) auditToStderr({event: 'no-key', detail: problem});
  const signal = await stopped;
  auditToStderr({event: 'stopped', signal});
  metrics?.close();
  server.close();
  // Answers under way are cut, which their clients see, and collectors end with them.
  server.closeAllConnections();
  // A collector that hangs keeps nobody waiting; without one the program ends by itself.
  setTimeout(() => process.exit(), LAST_MS).unref();
}
