import {AgentError} from '../client/agent-error.ts';

/** Milliseconds that one node may take. */
export interface Deadlines {
  /** Until it answers, for each transport. */
  attemptMs: number;
  /** Without a byte: longer than any one collector may take on the node. */
  silenceMs: number;
  /** In all. */
  totalMs: number;
}

/** Fires when a node has been silent for too long, or has taken too long in all. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #silence: NodeJS.Timeout;
  readonly #total: NodeJS.Timeout;

  constructor({silenceMs, totalMs}: Deadlines, outer: AbortSignal) {
    const late = new AbortController();
    const after = (ms: number, what: string): NodeJS.Timeout =>
      setTimeout(() => late.abort(new AgentError('timeout', `${what} ${ms / 1000} s`)), ms);
    this.#silence = after(silenceMs, 'the agent sent nothing for');
    this.#total = after(totalMs, 'the agent was not done within');
    this.signal = AbortSignal.any([outer, late.signal]);
  }

  heard(): void {
    this.#silence.refresh();
  }

  clear(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#total);
  }
}
