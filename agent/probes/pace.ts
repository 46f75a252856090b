import {setTimeout as sleep} from 'node:timers/promises';

/** How many connections an agent begins. */
export interface PaceLimits {
  readonly perSecond: number;
  /** So many may begin at once after a rest. */
  readonly burst: number;
}

/**
 * A probe is never a load: 40 connections a second are less than one busy client of a Service makes, and let a node's share of
 * a plan, some 60 connections, be done within two seconds.
 */
export const PROBE_PACE: PaceLimits = {perSecond: 40, burst: 20};

/** Hands out turns, first come first served, to all runs of an agent together (a token bucket). */
export class Pace {
  readonly #limits: PaceLimits;
  #tokens: number;
  #at = performance.now();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(limits: PaceLimits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /** Waits for the turn of so many connections. Throws when the signal fires. */
  async turn(connections: number, signal: AbortSignal): Promise<void> {
    const mine = this.#queue.then(() => this.#take(connections, signal));
    // Who gave up keeps nobody behind it from its turn.
    this.#queue = mine.catch(() => undefined);
    await mine;
  }

  async #take(connections: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const {perSecond, burst} = this.#limits;
    const now = performance.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    this.#tokens -= connections;
    if (this.#tokens < 0) await sleep((-this.#tokens / perSecond) * 1000, undefined, {signal});
  }
}
