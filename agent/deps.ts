import {randomBytes} from 'node:crypto';
import {AGENT_ENV} from '../src/protocol/environment.ts';
import {selfCommand} from './child/self.ts';
import {collectorsFor} from './collectors/index.ts';
import type {AgentConfig} from './config/agent-config.ts';
import {keyFile} from './config/key-file.ts';
import {nodeLogs} from './logs/node-logs.ts';
import {NO_OBSERVER} from './metrics/observer.ts';
import type {Observer} from './metrics/observer.ts';
import {probeRunner} from './probes/runner.ts';
import {auditToStderr} from './server/audit.ts';
import {steadyClock} from './server/clock.ts';
import type {ServerDeps} from './server/deps.ts';
import {SERVER_LIMITS} from './server/limits.ts';

const BOOT_BYTES = 16;

/** Puts together what the server of this process stands on. */
export function serverDeps(config: AgentConfig, observer: Observer = NO_OBSERVER): ServerDeps {
  const {node, os} = config;
  const hostRoot = process.env[AGENT_ENV.hostRoot] ?? '';
  const self = selfCommand();
  return {
    node,
    os,
    boot: randomBytes(BOOT_BYTES).toString('hex'),
    keys: keyFile(config.keyFile),
    collectors: collectorsFor(os, {self, hostRoot}),
    logs: nodeLogs(os, hostRoot),
    probes: probeRunner(os, {self, hostRoot, env: process.env}),
    clock: steadyClock(),
    audit: auditToStderr,
    observer,
    limits: SERVER_LIMITS,
  };
}
