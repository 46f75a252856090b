import {setTimeout as sleep} from 'node:timers/promises';
import type {Suspicion} from '../../src/checks/confirm.ts';
import {LOOKS_APART} from '../../src/checks/second-look.ts';
import {EXIT} from '../../src/report/exit.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {count} from '../../src/text/words.ts';
import {UserError} from '../errors.ts';
import {StatusLine} from '../terminal.ts';
import {durationMs} from '../kube/request-timeout.ts';
import type {ReadFlags} from './read-snapshot.ts';
import {readSnapshot} from './read-snapshot.ts';

/** Milliseconds of `--confirm`; 0 where no second look is wanted. Throws a `UserError` where it would say nothing. */
export function confirmMs(value: string): number {
  const ms = value === '0' ? 0 : durationMs(value);
  if (ms === 0 || (ms !== undefined && ms >= LOOKS_APART)) return ms;
  throw new UserError(`--confirm ${value} is neither 0 nor ${LOOKS_APART / 1000}s or more`, {
    code: 'bad-flag',
    fix: ['HNS needs a minute to come to what it should have: write 60s'],
    exitCode: EXIT.usage,
  });
}

/** A second look that is to be taken. */
export interface LookAgain {
  flags: ReadFlags;
  scope: Scope;
  suspicion: Suspicion;
  afterMs: number;
  signal: AbortSignal;
}

/** Waits for the second look, and says so. Throws the signal's reason when it fires. */
export async function waitToLook({
  status,
  nodes,
  afterMs,
  signal,
}: {
  status: StatusLine;
  nodes: number;
  afterMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const until = performance.now() + afterMs;
  status.say(`looking again at ${count(nodes, 'node')} in ${Math.ceil(afterMs / 1000)} s`);
  for (let left = afterMs; left > 0; left = until - performance.now()) {
    const seconds = Math.ceil(left / 1000);
    status.show(`looking again at ${count(nodes, 'node')} in ${seconds} s; Ctrl-C tells what is known`);
    await sleep(Math.min(left, 1000), undefined, {signal});
  }
}

/**
 * Waits, and reads again what is suspected, on the nodes concerned alone. Gives the Snapshot with what it found; as it was
 * where the user interrupts: then what is known is told.
 */
export async function lookAgain(
  snapshot: Snapshot,
  {flags, scope, suspicion: {nodes, keys}, afterMs, signal}: LookAgain,
): Promise<Snapshot> {
  const status = new StatusLine();
  try {
    await waitToLook({status, nodes: nodes.size, afterMs, signal});
    const second = await readSnapshot(flags, {scope, keys, signal, onlyNodes: () => nodes});
    return {...snapshot, evidence: {...snapshot.evidence, secondLook: collected(second.snapshot)}};
  } catch (error) {
    if (!signal.aborted) throw error;
    return snapshot;
  } finally {
    status.clear();
  }
}
