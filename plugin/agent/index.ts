import type {CollectorLine} from '../../src/protocol/lines.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {SnapshotRequest} from '../../src/protocol/snapshot-request.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import {AgentError} from './client/agent-error.ts';
import {clockOffset} from './fleet/clock-offset.ts';
import type {Contact, FleetOptions} from './fleet/collect.ts';
import {collectFleet} from './fleet/collect.ts';
import type {FoundPod, FoundPods} from './fleet/pods.ts';
import {findAgents} from './fleet/pods.ts';
import type {AgentSession} from './session.ts';

/** How a node's agent was reached, as evidence has it. */
export interface AgentContact {
  os: AgentOs;
  reached: boolean;
  transport?: string;
  version?: string;
  protocol?: string;
  offsetMs?: number;
  roundTripMs?: number;
  failures: {transport: string; reason: string; detail: string}[];
}

/** What takes what comes from agents, and what became of those that sent nothing. */
export interface NodeSink {
  expect(node: string, os: AgentOs): void;
  contact(node: string, contact: AgentContact): void;
  take(node: string, line: CollectorLine): Promise<void> | void;
  lost(node: string, gap: Missing): void;
}

export interface CollectNodesOptions {
  session: AgentSession;
  /** Nodes that are of interest. */
  nodes: readonly {name: string; os: AgentOs}[];
  request: SnapshotRequest;
  sink: NodeSink;
  signal: AbortSignal;
  progress?: (done: number, total: number) => void;
  limits?: FleetOptions['limits'];
  deadlines?: FleetOptions['deadlines'];
}

/** How many nodes there were to ask, and how many agents were found for them. */
export interface CollectedNodes {
  asked: number;
  /** Why nobody was asked, in words: no agent is installed, or it may not be looked for. */
  nobody?: AgentError;
}

/**
 * Collects from the agents of these nodes. Where no agent is installed at all, nothing is announced: nobody was asked.
 * Where some are, a Windows node that they leave out is a gap, and so is a Linux node if agents run on any Linux node.
 */
export async function collectNodes(options: CollectNodesOptions): Promise<CollectedNodes> {
  const {session, sink, signal} = options;
  let found: FoundPods;
  try {
    found = await findAgents(session.reader, signal);
  } catch (error) {
    if (error instanceof AgentError) return {asked: 0, nobody: error};
    throw error;
  }
  const pods = announced(options, found);
  if (pods === undefined) {
    return {asked: 0, nobody: new AgentError('not-requested', 'no agent is installed in this cluster')};
  }
  let done = 0;
  await collectFleet({
    ...options,
    ...session,
    pods,
    ended: () => options.progress?.(++done, pods.length),
    sink: {
      line: (node, line) => sink.take(node, line),
      contact: contact => sink.contact(contact.pod.node, evidenceOf(contact, found)),
      lost: (node, {reason, detail}) => sink.lost(node, missing(reason, detail)),
    },
  });
  return {asked: pods.length};
}

/** States which nodes are asked; those without an agent that runs are lost at once. `undefined` where there are no agents at all. */
function announced({nodes, sink}: CollectNodesOptions, {byNode}: FoundPods): FoundPod[] | undefined {
  const covered = new Set([...byNode.values()].map(pod => pod.os));
  if (covered.size === 0) return undefined;
  const pods: FoundPod[] = [];
  for (const {name, os} of nodes) {
    const pod = byNode.get(name);
    if (!pod && os !== 'windows' && !covered.has(os)) continue;
    sink.expect(name, pod?.os ?? os);
    if (!pod) sink.lost(name, missing('not-requested', 'the agents that are installed leave this node out'));
    else if (pod.trouble === undefined) pods.push(pod);
    else notRunning(pod, pod.trouble, sink);
  }
  return pods;
}

function notRunning({node, os}: FoundPod, detail: string, sink: NodeSink): void {
  sink.contact(node, {os, reached: false, failures: [{transport: 'pod', reason: 'failed', detail}]});
  sink.lost(node, missing('failed', detail));
}

function evidenceOf({pod, reached, failures}: Contact, found: FoundPods): AgentContact {
  const facts = {os: pod.os, failures: [...failures]};
  if (!reached) return {...facts, reached: false};
  const {greeting, transport, about} = reached;
  const offsetMs = clockOffset(greeting, found);
  return {
    ...facts,
    reached: true,
    transport,
    roundTripMs: greeting.roundTripMs,
    ...(offsetMs !== undefined && {offsetMs}),
    ...(about && {
      version: about.version.version,
      protocol: String(about.capabilities.protocol.newest),
    }),
  };
}
