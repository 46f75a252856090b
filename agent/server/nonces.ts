/** Remembers which nonces were used, for as long as a request that carries one could still be valid. */
export class Nonces {
  /** Until when each is remembered; in the order in which they came, which is also the order of their times. */
  readonly #until = new Map<string, number>();
  readonly #most: number;
  readonly #keepMs: number;

  constructor(most: number, keepMs: number) {
    this.#most = most;
    this.#keepMs = keepMs;
  }

  /**
   * Takes a nonce of hexadecimal digits: `taken` the first time, `used` after. `full` where more came than can be remembered: forgetting one
   * would let its request be replayed, so the new one is refused.
   */
  take(nonce: string, now: number): 'taken' | 'used' | 'full' {
    this.#forget(now);
    // A text of its own: the one that came is a part of its header, which would be kept with it.
    const own = Buffer.from(nonce, 'hex').toString('latin1');
    if (this.#until.has(own)) return 'used';
    if (this.#until.size >= this.#most) return 'full';
    this.#until.set(own, now + this.#keepMs);
    return 'taken';
  }

  #forget(now: number): void {
    for (const [nonce, until] of this.#until) {
      if (until > now) return;
      this.#until.delete(nonce);
    }
  }
}
