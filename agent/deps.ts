import {randomBytes} from 'node:crypto';
import {selfCommand} from './child/self.ts';
import {collectorsFor} from './collectors/index.ts';
import type {AgentConfig} from './config/agent-config.ts';
import {keyFile} from './config/key-file.ts';
import {NO_OBSERVER} from './metrics/observer.ts';
import type {Observer} from './metrics/observer.ts';
import {auditToStderr} from './server/audit.ts';
import {steadyClock} from './server/clock.ts';
import type {ServerDeps} from './server/deps.ts';
import {SERVER_LIMITS} from './server/limits.ts';
import {NO_LOG_SOURCES} from './server/log-sources.ts';

const BOOT_BYTES = 16;

/** Puts together what the server of this process stands on. */
export function serverDeps(config: AgentConfig, observer: Observer = NO_OBSERVER): ServerDeps {
  const {node, os} = config;
  return {
    node,
    os,
    boot: randomBytes(BOOT_BYTES).toString('hex'),
    keys: keyFile(config.keyFile),
    collectors: collectorsFor(os, {self: selfCommand()}),
    logs: NO_LOG_SOURCES,
    clock: steadyClock(),
    audit: auditToStderr,
    observer,
    limits: SERVER_LIMITS,
  };
}
