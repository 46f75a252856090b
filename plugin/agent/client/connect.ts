import type {MissingReason} from '../../../src/snapshot/evidence.ts';
import type {AgentPod, AgentTransport, TransportName} from '../transport/transport.ts';
import type {Greeting, KeyOf} from './agent-client.ts';
import {AgentClient} from './agent-client.ts';
import {AgentError, agentErrorOf} from './agent-error.ts';

/** A way to an agent that was tried in vain. */
export interface TransportFailure {
  transport: TransportName;
  reason: MissingReason;
  detail: string;
}

/** An agent that answers. */
export interface AgentConnection {
  client: AgentClient;
  greeting: Greeting;
  transport: TransportName;
  /** Ways that were tried before this one. */
  failures: TransportFailure[];
}

/** No way led to the agent. */
export class UnreachableError extends AgentError {
  readonly failures: readonly TransportFailure[];

  constructor(failures: readonly TransportFailure[]) {
    const denied = failures.length > 0 && failures.every(f => f.reason === 'denied');
    const timeout = failures.some(f => f.reason === 'timeout');
    super(
      denied ? 'denied' : timeout ? 'timeout' : 'failed',
      failures.map(f => `${f.transport}: ${f.detail}`).join('; '),
    );
    this.failures = failures;
  }
}

export interface ConnectOptions {
  transports: readonly AgentTransport[];
  keyOf: KeyOf;
  signal: AbortSignal;
  /** Called whenever something comes from the agent. */
  heard?: () => void;
  /** Milliseconds that one way may take until the agent has answered. */
  attemptMs?: number;
}

/** A port-forward takes 50 ms; what takes so long will not come. */
const ATTEMPT_MS = 15_000;

/** Tries one way after the other until the agent of the pod itself answers. Throws an `UnreachableError`. */
export async function connectAgent(pod: AgentPod, options: ConnectOptions): Promise<AgentConnection> {
  const failures: TransportFailure[] = [];
  for (const transport of options.transports) {
    try {
      const {client, greeting} = await attempt(pod, transport, options);
      return {client, greeting, transport: transport.name, failures};
    } catch (error) {
      options.signal.throwIfAborted();
      const {reason, message} = agentErrorOf(error);
      failures.push({transport: transport.name, reason, detail: message});
    }
  }
  throw new UnreachableError(failures);
}

async function attempt(
  pod: AgentPod,
  transport: AgentTransport,
  {keyOf, signal, heard, attemptMs = ATTEMPT_MS}: ConnectOptions,
): Promise<{client: AgentClient; greeting: Greeting}> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new AgentError('timeout', `no answer from the agent within ${attemptMs / 1000} s`)),
    attemptMs,
  );
  const either = AbortSignal.any([signal, late.signal]);
  let client: AgentClient | undefined;
  try {
    client = new AgentClient(await transport.open(pod, either), keyOf, heard);
    const greeting = await client.greet(either);
    const {node} = greeting.health;
    if (node !== pod.node) throw new AgentError('failed', `the agent of node ${node} answered instead`);
    return {client, greeting};
  } catch (error) {
    client?.close();
    throw either.aborted ? either.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
