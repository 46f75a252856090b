import {randomBytes} from 'node:crypto';
import type {ProbeLoss, Probing} from '../../../src/probes/evidence.ts';
import {orderOf, resultOf} from '../../../src/probes/orders.ts';
import type {Probe, ProbePlan, ProbeResult} from '../../../src/probes/types.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import {PROBE_LIMITS} from '../../../src/protocol/probes/orders.ts';
import type {KeyOf} from '../client/agent-client.ts';
import {AgentError, agentErrorOf} from '../client/agent-error.ts';
import type {AgentConnection} from '../client/connect.ts';
import {connectAgent} from '../client/connect.ts';
import type {AgentTransport} from '../transport/transport.ts';
import {Deadline} from './deadline.ts';
import {inPlaces} from './places.ts';
import type {FoundPod} from './pods.ts';

export interface ProbeFleetOptions {
  plan: ProbePlan;
  /** The agents, by their nodes. */
  agents: ReadonlyMap<string, FoundPod>;
  transports: readonly AgentTransport[];
  keyOf: KeyOf;
  signal: AbortSignal;
  /** Called with each result. */
  progress?: (done: number) => void;
}

/** Agents at work at a time: each is a stream through the API server, and what they send should not come all at once. */
const LIMITS = {active: 24, open: 200, quietMs: 2000};
/** Paths are measured between two agents at a time. */
const MEETINGS = {active: 12, open: 24, quietMs: 2000};
/** An agent answers each order within its own deadline; an agent that is silent for longer has gone. */
const DEADLINES = {attemptMs: 15_000, silenceMs: 60_000, totalMs: 600_000};
const LISTEN_MS = 20_000;
const NONCE_BYTES = 16;

/**
 * Has agents try the connections of a plan, each node its own, then the paths for which two agents have to meet. What a node did
 * not answer is lost by itself, with its reason; stopped by its signal, what is there is kept.
 */
export async function probeFleet(options: ProbeFleetOptions): Promise<Probing> {
  const run = new Run(options);
  try {
    await run.connections();
    await run.paths();
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
  return run.probing();
}

class Run {
  readonly #options: ProbeFleetOptions;
  readonly #results = new Map<string, ProbeResult>();
  /** Why probes of a node may have no result. */
  readonly #reasons = new Map<string, AgentError>();

  constructor(options: ProbeFleetOptions) {
    this.#options = options;
  }

  /** What needs no other agent. */
  async connections(): Promise<void> {
    const own = this.#options.plan.probes.filter(p => p.protocol !== 'path-mtu');
    const byNode = Map.groupBy(own, p => p.from.node);
    await inPlaces(byNode, LIMITS, ([node, probes], place) =>
      this.#asking(
        node,
        node,
        () => place.heard(),
        async ({client}, signal) => {
          for (let at = 0; at < probes.length; at += PROBE_LIMITS.orders) {
            const part = probes.slice(at, at + PROBE_LIMITS.orders);
            const byId = new Map(part.map(p => [p.id, p]));
            const request = {orders: part.map(p => orderOf(p)), deadlineMs: PROBE_LIMITS.deadlineMs};
            await client.probes(request, line => this.#take(byId.get(line.id), line), signal);
          }
        },
      ),
    );
  }

  /** Listeners are opened one for each path, and closed with it. */
  async paths(): Promise<void> {
    const paths = this.#options.plan.probes.filter(p => p.protocol === 'path-mtu');
    await inPlaces(paths, MEETINGS, (probe, place) => this.#path(probe, () => place.heard()));
  }

  probing(): Probing {
    const {plan, signal} = this.#options;
    const open = Map.groupBy(
      plan.probes.filter(p => !this.#results.has(p.id)),
      p => p.from.node,
    );
    const stopped = new AgentError('failed', 'stopped before it was tried');
    const silent = new AgentError('failed', 'the agent did not answer for it');
    const losses: ProbeLoss[] = [...open].map(([node, probes]) => {
      const {reason, message} = this.#reasons.get(node) ?? (signal.aborted ? stopped : silent);
      return {node, reason, detail: message, probes: probes.length};
    });
    return {plan, results: [...this.#results.values()], losses};
  }

  async #path(probe: Probe, heard: () => void): Promise<void> {
    const {from, to} = probe;
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    await this.#asking(to.node ?? '', from.node, heard, async ({client}, signal) => {
      const done = new AbortController();
      const {promise, resolve, reject} = Promise.withResolvers<ProbeLine>();
      const {namespace = '', name} = to.of;
      const listen = {
        id: 'listen',
        kind: 'listen',
        from: {namespace, name},
        nonce,
        listenMs: LISTEN_MS,
      } as const;
      const until = AbortSignal.any([signal, done.signal]);
      // An answer that ends without a line for the order would leave us waiting for good.
      const ended = (): void => reject(new AgentError('failed', 'the agent ended its answer without a word'));
      const listening = client.probes({orders: [listen]}, resolve, until).then(ended, reject);
      try {
        const line = await promise;
        if (!line.listening) {
          this.#take(probe, {...line, ok: false, error: line.error ?? 'not-tried', tries: []});
          return;
        }
        const order = orderOf(probe, {port: line.listening.port, nonce});
        await this.#asking(from.node, from.node, heard, ({client: other}, inner) =>
          other.probes({orders: [order]}, answer => this.#take(probe, answer), inner),
        );
      } finally {
        done.abort(new AgentError('failed', 'the path was measured'));
        await listening;
      }
    });
  }

  /** Speaks to the agent of a node; what goes wrong is why probes that start at `blamed` have no result. */
  async #asking(
    node: string,
    blamed: string,
    heard: () => void,
    ask: (connection: AgentConnection, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const {agents, transports, keyOf, signal} = this.#options;
    signal.throwIfAborted();
    const pod = agents.get(node);
    const trouble = pod ? pod.trouble : 'no agent runs there (kubectl win agent install)';
    if (!pod || trouble !== undefined) {
      this.#lose(blamed, new AgentError('failed', `${node}: ${trouble ?? ''}`));
      return;
    }
    const deadline = new Deadline(DEADLINES, signal);
    const hear = (): void => {
      deadline.heard();
      heard();
    };
    let connection: AgentConnection | undefined;
    try {
      connection = await connectAgent(pod, {
        transports,
        keyOf,
        signal: deadline.signal,
        attemptMs: DEADLINES.attemptMs,
        heard: hear,
      });
      await ask(connection, deadline.signal);
    } catch (error) {
      signal.throwIfAborted();
      const {reason, message} = agentErrorOf(error);
      this.#lose(blamed, new AgentError(reason, `${node}: ${message}`));
    } finally {
      deadline.clear();
      connection?.client.close();
    }
  }

  #take(probe: Probe | undefined, line: ProbeLine): void {
    if (!probe) return;
    this.#results.set(probe.id, resultOf(probe, line));
    this.#options.progress?.(this.#results.size);
  }

  #lose(node: string, error: AgentError): void {
    if (!this.#reasons.has(node)) this.#reasons.set(node, error);
  }
}
