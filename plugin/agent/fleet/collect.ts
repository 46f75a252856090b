import type {MissingReason} from '../../../src/snapshot/evidence.ts';
import type {AgentVersion, Capabilities} from '../../../src/protocol/answers.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import type {SnapshotRequest} from '../../../src/protocol/snapshot-request.ts';
import type {KeyOf} from '../client/agent-client.ts';
import {agentErrorOf} from '../client/agent-error.ts';
import type {AgentConnection, TransportFailure} from '../client/connect.ts';
import {UnreachableError, connectAgent} from '../client/connect.ts';
import type {AgentTransport} from '../transport/transport.ts';
import type {Deadlines} from './deadline.ts';
import {Deadline} from './deadline.ts';
import {inPlaces} from './places.ts';
import type {Limits} from './places.ts';
import type {FoundPod} from './pods.ts';

/** How an agent was reached, or why not. */
export interface Contact {
  pod: FoundPod;
  /** Absent where no way led there. */
  reached?: Reached;
  failures: readonly TransportFailure[];
}

/** An agent that answered. */
export interface Reached extends Pick<AgentConnection, 'greeting' | 'transport'> {
  /** What it says of itself; absent where it lets nobody ask. */
  about?: {version: AgentVersion; capabilities: Capabilities};
}

/** Why not all of a node came. */
export interface Loss {
  reason: MissingReason;
  detail: string;
}

/** What takes what comes. `line` may take its time: the agent waits for it. */
export interface FleetSink {
  line(node: string, line: CollectorLine): Promise<void> | void;
  contact(contact: Contact): void;
  lost(node: string, loss: Loss): void;
}

export interface FleetOptions {
  /** Agents that are asked. */
  pods: Iterable<FoundPod>;
  request: SnapshotRequest;
  transports: readonly AgentTransport[];
  keyOf: KeyOf;
  signal: AbortSignal;
  sink: FleetSink;
  limits?: Partial<Limits> | undefined;
  deadlines?: Partial<Deadlines> | undefined;
  /** Called as each node ends. */
  ended?: (node: string) => void;
}

/**
 * Measured with 1,000 nodes on two cores (`test/bench/fleet.ts`): more at a time is no faster, and each is a stream
 * through the API server.
 */
const LIMITS: Limits = {active: 24, open: 200, quietMs: 2000};

const DEADLINES: Deadlines = {attemptMs: 15_000, silenceMs: 45_000, totalMs: 180_000};

/** Collects from every agent. A node that hangs, dies or refuses costs its own deadline and what it had not sent yet. */
export async function collectFleet(options: FleetOptions): Promise<void> {
  const limits = {...LIMITS, ...options.limits};
  await inPlaces(options.pods, limits, async (pod, place) => {
    options.signal.throwIfAborted();
    await collectOne(pod, options, () => place.heard());
    options.ended?.(pod.node);
  });
}

async function collectOne(pod: FoundPod, options: FleetOptions, heard: () => void): Promise<void> {
  const {request, sink, signal} = options;
  if (pod.trouble !== undefined) {
    sink.contact({pod, failures: []});
    sink.lost(pod.node, {reason: 'failed', detail: pod.trouble});
    return;
  }
  const deadlines = {...DEADLINES, ...options.deadlines};
  const deadline = new Deadline(deadlines, signal);
  let connection: AgentConnection | undefined;
  let contact: Contact | undefined = {pod, failures: []};
  try {
    connection = await connectAgent(pod, {
      ...options,
      signal: deadline.signal,
      attemptMs: deadlines.attemptMs,
      heard: () => {
        deadline.heard();
        heard();
      },
    });
    const {greeting, transport, failures, client} = connection;
    contact = {pod, reached: {greeting, transport}, failures};
    const version = await client.version(deadline.signal);
    const capabilities = await client.capabilities(deadline.signal);
    sink.contact({...contact, reached: {greeting, transport, about: {version, capabilities}}});
    contact = undefined;
    await client.snapshot(request, line => sink.line(pod.node, line), deadline.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (contact)
      sink.contact({...contact, ...(error instanceof UnreachableError && {failures: error.failures})});
    const {reason, message} = agentErrorOf(error);
    sink.lost(pod.node, {reason, detail: message});
  } finally {
    deadline.clear();
    connection?.client.close();
  }
}
