import type {MissingReason} from '../../src/snapshot/evidence.ts';
import {CollectError} from '../collect/collector.ts';

/** Why something could not be had. */
export interface Gap {
  reason: MissingReason;
  detail: string;
}

/** What of one file could not be had, while the rest of it was. */
export class Gaps {
  readonly #gaps: {what: string; reason: MissingReason; detail: string}[] = [];

  /** Asks for one fact; where that fails, it is `null` and the failure is kept. Our own bugs are thrown on. */
  fact<T>(what: string, ask: () => T): T | null {
    try {
      return ask();
    } catch (error) {
      return this.#keep(what, error);
    }
  }

  /** The same for a fact that takes time. */
  async soon<T>(what: string, asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      return this.#keep(what, error);
    }
  }

  add(what: string, {reason, detail}: Gap): void {
    this.#gaps.push({what, reason, detail});
  }

  #keep(what: string, error: unknown): null {
    if (!(error instanceof CollectError)) throw error;
    this.add(what, {reason: error.reason, detail: error.message});
    return null;
  }

  /** For `CollectedFile.partial`; nothing where there is no gap. */
  partial(): {partial?: Gap} {
    // What was asked at the same time ends in any order.
    const gaps = this.#gaps.toSorted((a, b) => (a.what < b.what ? -1 : 1));
    const [first] = gaps;
    if (!first) return {};
    const detail = gaps.map(gap => `${gap.what}: ${gap.detail}`).join('; ');
    return {partial: {reason: first.reason, detail}};
  }
}
