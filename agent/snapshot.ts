import {writeSync} from 'node:fs';
import {runCollectors} from './collect/run.ts';
import {SharedRuns} from './collect/share.ts';
import {AGENT_FLAGS, agentConfig} from './config/agent-config.ts';
import {readFlags} from './config/flags.ts';
import {serverDeps} from './deps.ts';
import {redactor} from './server/redact-lines.ts';

const STDOUT = 1;

/**
 * Collects once and writes the NDJSON that `POST /v1/snapshot` would answer: for somebody at the node itself, without a
 * cluster, a key or a port. `--collectors a,b` names some; all otherwise.
 */
export async function snapshot(args: readonly string[]): Promise<void> {
  const {collectors, ...flags} = readFlags(args, [...AGENT_FLAGS, 'collectors']);
  const deps = serverDeps(agentConfig(flags, process.env));
  const names = collectors?.split(',').filter(name => name !== '');
  const signal = new AbortController().signal;
  const lines = runCollectors({...deps, shared: new SharedRuns(), signal, ...(names && {names})});
  const redacted = redactor({node: deps.node, os: deps.os, rules: undefined});
  for await (const line of redacted(lines)) writeAll(`${JSON.stringify(line)}\n`);
}

/** A pipe may take less than all of it at once. */
function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
}
