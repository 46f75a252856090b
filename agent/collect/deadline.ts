/** Time that a collector was given is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Milliseconds that a collector has to end by itself once its signal has fired; what it says then is still taken. */
const GRACE_MS = 1000;

/**
 * A budget of time that is used up only while something is awaited under it: a client that reads slowly costs a collector
 * none of its time. Its signal fires when the budget is used up, or when the client is gone.
 */
export class Budget {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #onOuter = (): void => this.#controller.abort(this.#outer.reason);
  #leftMs: number;

  constructor(ms: number, outer: AbortSignal) {
    this.#leftMs = ms;
    this.#outer = outer;
    if (outer.aborted) this.#onOuter();
    else outer.addEventListener('abort', this.#onOuter, {once: true});
  }

  /** Fires at the end of the budget. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Awaits work. Throws a {@link DeadlineError} when the budget is used up and the work does not end within a second after
   * that, and the reason of the outer signal as soon as that fires, as nobody wants the result then.
   */
  async spend<T>(work: Promise<T>): Promise<T> {
    const started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let onGone: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        work.then(resolve, reject);
        onGone = () => reject(this.#outer.reason);
        if (this.#outer.aborted) onGone();
        else this.#outer.addEventListener('abort', onGone, {once: true});
        timer = setTimeout(
          () => {
            this.#controller.abort(new DeadlineError('the deadline is over'));
            timer = setTimeout(() => reject(new DeadlineError('the deadline is over')), GRACE_MS);
          },
          Math.max(0, this.#leftMs),
        );
      });
    } finally {
      clearTimeout(timer);
      if (onGone) this.#outer.removeEventListener('abort', onGone);
      this.#leftMs -= performance.now() - started;
    }
  }

  /** Fires the signal if it has not: what still runs has no reader any more. */
  close(): void {
    this.#outer.removeEventListener('abort', this.#onOuter);
    this.#controller.abort();
  }
}
