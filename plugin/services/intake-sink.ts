import type {AgentContact} from '../../src/node/agent.ts';
import type {NodeSink} from '../../src/node/intake.ts';
import {PROTOCOL_VERSION} from '../../src/protocol/answers.ts';
import type {CollectorLine} from '../../src/protocol/lines.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import {millis} from '../../src/snapshot/time.ts';
import type {Contact, FleetSink, Loss} from '../agent/fleet/collect.ts';
import type {FoundPods} from '../agent/fleet/pods.ts';
import {toolVersion} from '../version.ts';

/** A `Date` header says whole seconds: the time is taken as their middle, and is wrong by half of one. */
const DATE_STEP_MS = 1000;

interface Talk {
  contact: AgentContact;
  /** The largest difference seen of a line's own time to the API server's when it came: how long it took makes it smaller. */
  offsetMs?: number;
}

/** Hands what a fleet of agents sends on, and works out how far each node's clock is off. */
export class IntakeSink implements FleetSink {
  readonly #sink: NodeSink;
  /** The API server's time less `performance.now()`. */
  readonly #serverTime: number | undefined;
  readonly #talks = new Map<string, Talk>();

  constructor(sink: NodeSink, serverTime: FoundPods['serverTime']) {
    this.#sink = sink;
    const date = serverTime && (millis(serverTime.date) ?? Date.parse(serverTime.date));
    if (serverTime && date !== undefined && !Number.isNaN(date)) {
      this.#serverTime = date + DATE_STEP_MS / 2 - serverTime.at;
    }
  }

  contact({pod, reached, failures}: Contact): void {
    const tried = failures.map(f => ({...f}));
    if (pod.trouble !== undefined && !reached) {
      tried.unshift({transport: 'port-forward', reason: 'failed', detail: pod.trouble});
    }
    const contact: AgentContact = {
      os: pod.os,
      reached: reached !== undefined,
      ...(reached && {
        transport: reached.transport,
        client: toolVersion(),
        version: reached.about?.version.version ?? pod.version,
        protocol: String(PROTOCOL_VERSION),
        roundTripMs: reached.greeting.roundTripMs + DATE_STEP_MS,
      }),
      failures: tried,
    };
    this.#talks.set(pod.node, {contact});
    this.#sink.contact(pod.node, contact);
  }

  line(node: string, line: CollectorLine): void {
    const talk = this.#talks.get(node);
    const at = millis(line.at);
    if (talk && at !== undefined && this.#serverTime !== undefined) {
      const offset = Math.round(at - (this.#serverTime + performance.now()));
      talk.offsetMs = Math.max(talk.offsetMs ?? -Infinity, offset);
    }
    this.#sink.take(node, line);
  }

  lost(node: string, {reason, detail}: Loss): void {
    const gap: Missing = missing(reason, detail);
    this.#sink.lost(node, gap);
  }

  /** States that no agent sends more: what is known of clocks is known now. */
  end(): void {
    for (const node of this.#talks.keys()) this.ended(node);
  }

  /** States that one agent sends no more. */
  ended(node: string): void {
    const talk = this.#talks.get(node);
    if (talk?.offsetMs !== undefined) this.#sink.contact(node, {...talk.contact, offsetMs: talk.offsetMs});
  }
}
