import type {Pod} from '../../../src/kube/types.ts';
import type {Probing} from '../../../src/probes/evidence.ts';
import type {ProbePlan} from '../../../src/probes/types.ts';
import {planLine} from '../../../src/report/probes/plan-text.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {collected, missing} from '../../../src/snapshot/evidence.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import {thousands} from '../../../src/text/words.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import type {FoundPod} from '../../agent/fleet/pods.ts';
import {findAgents} from '../../agent/fleet/pods.ts';
import {probeFleet} from '../../agent/fleet/probe.ts';
import type {AgentSession} from '../../agent/session.ts';
import {agentSession} from '../../agent/session.ts';
import type {Access} from '../../kube/access.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import {agentsNotAsked, noAgents} from '../no-agents.ts';
import type {ReadOptions} from '../read-snapshot.ts';
import {triedByExec} from './exec.ts';
import type {ProbeFlags} from './flags.ts';
import {planOptionsOf} from './flags.ts';
import {planFor} from './plan.ts';

/** How connections are tried. */
export interface TryOptions {
  access: Access;
  /** Whether it ends with an error where there are no agents, or they may not be asked. */
  required: boolean;
  allowExec: boolean;
  /** Pods of the cluster, where what no agent tried is to be tried by programs of their images. */
  exec?: readonly Pod[] | undefined;
  signal: AbortSignal;
  progress?: ((text: string) => void) | undefined;
  /** Says something that is no result. */
  note: (text: string) => void;
}

/**
 * Has the agents of a cluster try a plan, after it was said how many probes that is and what they may miss. Throws a `UserError`
 * where agents are required and there are none, or may not be asked.
 */
export async function tryPlan(plan: ProbePlan, options: TryOptions): Promise<Evidence<Probing>> {
  const {access, required, allowExec, exec, signal, progress, note} = options;
  const session = agentSession(access, {allowExec});
  try {
    const agents = await agentsOf(session, options);
    if (agents.size === 0 && !exec) {
      if (required) throw noAgents(access.name);
      return missing('failed', `no agent is installed in ${access.name}: kubectl win agent install`);
    }
    note(planLine(plan));
    const total = thousands(plan.probes.length);
    const asked = await probeFleet({
      plan,
      agents,
      transports: session.transports,
      keyOf: session.keyOf,
      signal,
      progress: done => progress?.(`trying connections: ${thousands(done)} of ${total}`),
    });
    const probing = exec
      ? await triedByExec(asked, exec, {sockets: session.sockets, signal, progress})
      : asked;
    const denied = probing.results.length === 0 && probing.losses.find(l => l.reason === 'denied');
    if (denied) throw new AgentError('denied', denied.detail);
    return collected(probing);
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (required) throw agentsNotAsked(error);
    return missing(error.reason, error.message);
  } finally {
    await session.close();
  }
}

/** With exec, who may not look for agents does without them. */
async function agentsOf(
  {reader}: AgentSession,
  {exec, signal}: TryOptions,
): Promise<ReadonlyMap<string, FoundPod>> {
  try {
    return (await findAgents(reader, signal)).byNode;
  } catch (error) {
    if (exec && error instanceof AgentError && error.reason === 'denied') return new Map();
    throw error;
  }
}

/** What of flags says that connections are tried while a cluster is read. */
export interface TryingFlags extends Partial<Omit<ProbeFlags, 'probe'>> {
  probe?: 'none' | ProbeFlags['probe'];
  connections?: boolean;
  agent: string;
  'allow-exec'?: boolean;
}

/** How `readSnapshot` has connections tried; nothing where flags do not ask for it. Throws a `UserError` for flags that make no sense. */
export function tryingOf(
  {
    probe = 'none',
    coverage,
    target,
    connections = false,
    agent,
    'allow-exec': allowExec = false,
    exec = false,
    'host-only': hostOnly = false,
  }: TryingFlags,
  {
    scope,
    signal,
    note = () => undefined,
  }: {scope: Scope; signal: AbortSignal; note?: ((text: string) => void) | undefined},
): Pick<ReadOptions, 'tryProbes'> {
  if (probe === 'none' || agent === 'never') return {};
  const options = planOptionsOf({probe, coverage, target, 'host-only': hostOnly});
  return {
    tryProbes: (api, live) =>
      tryPlan(planFor(api, scope, options), {
        ...live,
        required: connections,
        allowExec,
        exec: exec ? podsOf(api) : undefined,
        signal,
        note,
      }),
  };
}

function podsOf(api: Snapshot): readonly Pod[] {
  const pods = evidenceOf(api, 'pods');
  return pods.ok ? pods.value : [];
}
