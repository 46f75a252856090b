import {NODE_KEYS, collectorsFor, isNodeKey} from '../../src/node/evidence.ts';
import {NodeIntake} from '../../src/node/intake.ts';
import {NodeRounds} from '../../src/node/rounds.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {selectsNodes} from '../../src/snapshot/scope.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {AgentError} from '../agent/client/agent-error.ts';
import {collectFleet} from '../agent/fleet/collect.ts';
import type {FoundPods} from '../agent/fleet/pods.ts';
import {findAgents} from '../agent/fleet/pods.ts';
import {agentSession} from '../agent/session.ts';
import type {Access} from '../kube/access.ts';
import {IntakeSink} from './intake-sink.ts';
import {agentsNotAsked, noAgents} from './no-agents.ts';

/** `--agent`: where they run, never, or not without them. */
export type AgentChoice = 'auto' | 'never' | 'require';

export interface NodeEvidenceOptions {
  access: Access;
  choice: AgentChoice;
  /** Whether exec may be tried where port-forward fails: it runs a program as SYSTEM or root. */
  allowExec: boolean;
  /** Evidence that is wanted; only its collectors run. */
  keys: ReadonlySet<EvidenceKey>;
  scope: Scope;
  signal: AbortSignal;
  /** Takes each node as soon as its agent has ended. */
  visitor?: NodeVisitor | undefined;
  /** Says of which nodes of the scope the agents are asked; all of them where absent or undefined. */
  onlyNodes?: ((api: Snapshot) => ReadonlySet<string> | undefined) | undefined;
  progress?: (text: string) => void;
}

/**
 * Adds what the agents of a cluster tell to its Snapshot. Where there are none, or this user may not ask them, that is said
 * and what they would tell is missing. Throws a `UserError` where agents are required and there are none.
 */
export async function withNodeEvidence(
  snapshot: Snapshot,
  options: NodeEvidenceOptions,
): Promise<{snapshot: Snapshot; notes: string[]}> {
  const wanted = [...options.keys].filter(isNodeKey);
  if (options.choice === 'never' || wanted.length === 0) return {snapshot, notes: []};
  const session = agentSession(options.access, {allowExec: options.allowExec});
  try {
    const found = await findAgents(session.reader, options.signal);
    if (found.byNode.size === 0) {
      if (options.choice === 'require') throw noAgents(options.access.name);
      return {snapshot, notes: []};
    }
    const intake = await collect(found, {session, snapshot, options});
    return {snapshot: withEvidence(snapshot, intake), notes: []};
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (options.choice === 'require') throw agentsNotAsked(error);
    const gap = missing(error.reason, error.message);
    // What this user may not do is told with what could not be seen.
    const notes = error.reason === 'denied' ? [] : [`node state was not read: ${error.message}`];
    return {snapshot: without(snapshot, gap), notes};
  } finally {
    await session.close();
  }
}

async function collect(
  found: FoundPods,
  {
    session,
    snapshot,
    options: {keys, scope, signal, progress, visitor, onlyNodes},
  }: {session: ReturnType<typeof agentSession>; snapshot: Snapshot; options: NodeEvidenceOptions},
): Promise<NodeIntake> {
  const chosen = selectsNodes(scope) ? namesOf(snapshot) : undefined;
  const only = onlyNodes?.(snapshot);
  const pods = [...found.byNode.values()].filter(
    ({node}) => (chosen?.has(node) ?? true) && (only?.has(node) ?? true),
  );
  const intake = new NodeIntake(keys);
  const sink = new IntakeSink(intake, found.serverTime);
  for (const pod of pods) intake.expect(pod.node, pod.os);
  let done = 0;
  const rounds = visitor && new NodeRounds(intake, visitor, snapshot);
  await collectFleet({
    pods,
    request: {collectors: collectorsFor(keys)},
    transports: session.transports,
    keyOf: session.keyOf,
    signal,
    sink,
    ended: node => {
      progress?.(`asking agents: ${++done} of ${pods.length} nodes`);
      sink.ended(node);
      rounds?.ended(node);
    },
  });
  await rounds?.end();
  return intake;
}

function namesOf(snapshot: Snapshot): Set<string> {
  const nodes = evidenceOf(snapshot, 'nodes');
  return new Set(nodes.ok ? nodes.value.map(n => n.metadata.name) : []);
}

function withEvidence(snapshot: Snapshot, intake: NodeIntake): Snapshot {
  return {...snapshot, evidence: {...snapshot.evidence, ...Object.fromEntries(intake.evidence())}};
}

function without(snapshot: Snapshot, gap: Missing): Snapshot {
  const gaps = Object.fromEntries(NODE_KEYS.map(key => [key, gap]));
  return {...snapshot, evidence: {...snapshot.evidence, ...gaps}};
}
