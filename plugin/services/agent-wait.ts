import {setTimeout as sleep} from 'node:timers/promises';
import {EXIT} from '../../src/report/exit.ts';
import {count} from '../../src/text/words.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {Rollout} from '../agent/fleet/daemon-sets.ts';
import {rolloutOf} from '../agent/fleet/daemon-sets.ts';
import {findAgents} from '../agent/fleet/pods.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {StatusLine} from '../terminal.ts';

/** A DaemonSet's status changes as its pods do: seconds, not milliseconds. */
const POLL_MS = 500;

export interface WaitOptions {
  os: readonly AgentOs[];
  timeoutMs: number;
  signal: AbortSignal;
}

/** Waits until every node has its agent, and says of those that have none why; answers with the exit code. */
export async function awaitAgents(reader: ApiReader, {os, timeoutMs, signal}: WaitOptions): Promise<number> {
  const end = performance.now() + timeoutMs;
  const status = new StatusLine();
  let rollouts: Rollout[] = [];
  try {
    for (;;) {
      rollouts = (await Promise.all(os.map(one => rolloutOf(reader, one, signal)))).filter(
        r => r !== undefined,
      );
      if (rollouts.length === os.length && rollouts.every(r => r.done)) break;
      status.show(
        `waiting for agents: ${rollouts.map(r => `${r.ready} of ${r.wanted} on ${r.os}`).join(', ')}`,
      );
      if (performance.now() > end) break;
      await sleep(POLL_MS, undefined, {signal});
    }
  } finally {
    status.clear();
  }
  const ready = rollouts.reduce((sum, r) => sum + r.ready, 0);
  const wanted = rollouts.reduce((sum, r) => sum + r.wanted, 0);
  process.stderr.write(`${ready} of ${count(wanted, 'node')} ready\n`);
  if (rollouts.every(r => r.done)) return EXIT.ok;
  for (const {node, trouble} of (await findAgents(reader, signal)).byNode.values()) {
    if (trouble !== undefined) process.stderr.write(`${node}: ${trouble}\n`);
  }
  return EXIT.findings;
}
