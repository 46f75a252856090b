import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {NODE_KEYS} from '../../../src/node/evidence.ts';
import {writeRules} from '../../../src/redact/rules/wire.ts';
import type {Removal} from '../../../src/redact/rules/rule.ts';
import type {CollectorName} from '../../../src/protocol/collectors.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import {selectsNodes} from '../../../src/snapshot/scope.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import {collectFleet} from '../../agent/fleet/collect.ts';
import {findAgents} from '../../agent/fleet/pods.ts';
import {agentSession} from '../../agent/session.ts';
import {Estimate} from '../../bundle/estimate.ts';
import {NodeWriter} from '../../bundle/nodes.ts';
import type {Shelf} from '../../bundle/spool.ts';
import type {Access} from '../../kube/access.ts';
import type {Renaming} from './pseudonyms.ts';
import {IntakeSink} from '../intake-sink.ts';
import {agentsNotAsked, noAgents} from '../no-agents.ts';

export interface NodesOptions {
  access: Access;
  choice: 'auto' | 'never' | 'require';
  allowExec: boolean;
  removals: readonly Removal[];
  renaming: Renaming | undefined;
  /** What agents collect; everything where absent. */
  collectors?: readonly CollectorName[];
  scope: Scope;
  /** Nodes whose files are there already. */
  kept?: ReadonlySet<string>;
  /** Called as the files of a node are whole. */
  whole?: (node: string) => void;
  /** Names of the nodes that the scope selects. */
  names: ReadonlySet<string>;
  spool: Shelf;
  signal: AbortSignal;
  progress: (text: string) => void;
}

/** Writes what the agents of a cluster collect into a spool; answers what is missing. Throws a `UserError` where agents are required. */
export async function writeNodes(options: NodesOptions): Promise<ManifestGap[]> {
  if (options.choice === 'never') return [];
  const {access, allowExec, signal} = options;
  const session = agentSession(access, {allowExec});
  try {
    const found = await findAgents(session.reader, signal);
    if (found.byNode.size === 0 && options.choice === 'require') throw noAgents(access.name);
    return await collect(found, session, options);
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (options.choice === 'require') throw agentsNotAsked(error);
    return NODE_KEYS.map(what => ({what, reason: error.reason, detail: error.message}));
  } finally {
    await session.close();
  }
}

async function collect(
  {byNode, serverTime}: Awaited<ReturnType<typeof findAgents>>,
  session: ReturnType<typeof agentSession>,
  {scope, names, kept, whole, spool, removals, renaming, collectors, signal, progress}: NodesOptions,
): Promise<ManifestGap[]> {
  const pods = [...byNode.values()].filter(
    ({node}) => kept?.has(node) !== true && (!selectsNodes(scope) || names.has(node)),
  );
  const writer = new NodeWriter(spool);
  const sink = new IntakeSink(writer, serverTime);
  for (const {node, os} of pods) writer.expect(node, os);
  let done = 0;
  const estimate = new Estimate();
  try {
    await collectFleet({
      pods,
      request: {
        ...(collectors && {collectors: [...collectors]}),
        ...(removals.length > 0 && {rules: writeRules(removals)}),
        ...renaming?.request(),
      },
      transports: session.transports,
      keyOf: session.keyOf,
      signal,
      sink,
      ended: node => {
        done++;
        progress(`asking agents: ${done} of ${pods.length} nodes${estimate.left(done, pods.length)}`);
        sink.ended(node);
        writer.end(node);
        if (writer.isWhole(node)) whole?.(node);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const stopped = {
      reason: 'failed',
      detail: 'the collection was stopped before this node was done',
    } as const;
    for (const {node} of pods) if (!writer.hasEnded(node)) sink.lost(node, stopped);
  }
  return writer.endAll();
}
