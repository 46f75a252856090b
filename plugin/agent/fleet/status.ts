import type {AgentOs} from '../../../src/protocol/names.ts';
import type {KeyOf} from '../client/agent-client.ts';
import {agentErrorOf} from '../client/agent-error.ts';
import type {TransportFailure} from '../client/connect.ts';
import {UnreachableError, connectAgent} from '../client/connect.ts';
import type {AgentTransport} from '../transport/transport.ts';
import {clockOffset} from './clock-offset.ts';
import {inPlaces} from './places.ts';
import type {FoundPod, FoundPods} from './pods.ts';

/** One agent, asked how it is. */
export interface AgentStatus {
  node: string;
  os: AgentOs;
  pod: string;
  /** Whether it answers signed requests. */
  well: boolean;
  transport: string | null;
  version: string | null;
  /** Newest version of the protocol that it speaks. */
  protocol: number | null;
  /** Its clock less the API server's. */
  clockOffsetMs: number | null;
  roundTripMs: number | null;
  /** Why it is not well, in words. */
  reason: string | null;
  /** Ways that were tried in vain. */
  failures: TransportFailure[];
}

export interface StatusOptions {
  transports: readonly AgentTransport[];
  keyOf: KeyOf;
  signal: AbortSignal;
  ended?: () => void;
}

/** More at a time would be no faster: each is a stream through the API server. */
const LIMITS = {active: 24, open: 200, quietMs: 2000};

/** Asks every agent for its version by a signed request; sorted by node. */
export async function agentStatuses(found: FoundPods, options: StatusOptions): Promise<AgentStatus[]> {
  const statuses: AgentStatus[] = [];
  await inPlaces(found.byNode.values(), LIMITS, async (pod, place) => {
    statuses.push(await statusOf(pod, found, {...options, heard: () => place.heard()}));
    options.ended?.();
  });
  return statuses.toSorted((a, b) => (a.node < b.node ? -1 : 1));
}

async function statusOf(
  pod: FoundPod,
  found: FoundPods,
  options: StatusOptions & {heard: () => void},
): Promise<AgentStatus> {
  const status: AgentStatus = {
    node: pod.node,
    os: pod.os,
    pod: pod.name,
    well: false,
    transport: null,
    version: null,
    protocol: null,
    clockOffsetMs: null,
    roundTripMs: null,
    reason: pod.trouble ?? null,
    failures: [],
  };
  if (pod.trouble !== undefined) return status;
  try {
    const {client, greeting, transport, failures} = await connectAgent(pod, options);
    const {roundTripMs} = greeting;
    Object.assign(status, {
      transport,
      failures,
      roundTripMs,
      clockOffsetMs: clockOffset(greeting, found) ?? null,
    });
    try {
      status.version = (await client.version(options.signal)).version;
      status.protocol = (await client.capabilities(options.signal)).protocol.newest;
    } finally {
      client.close();
    }
    status.well = true;
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof UnreachableError) status.failures = [...error.failures];
    status.reason = agentErrorOf(error).message;
  }
  return status;
}
