/** What is done sooner needs no estimate, and the first steps say little of the others. */
const AFTER_MS = 3000;

/** Tells how long something of many steps will still take, by how long the first ones took. */
export class Estimate {
  readonly #now: () => number;
  readonly #started: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
  }

  /** `, about 40 s left`; empty where nothing can be told yet, or nothing is left. */
  left(done: number, total: number): string {
    const elapsed = this.#now() - this.#started;
    if (elapsed < AFTER_MS || done <= 0 || done >= total) return '';
    return `, about ${words((elapsed / done) * (total - done))} left`;
  }
}

/** Rounded up to what people tell apart: 10 seconds below two minutes, minutes above. */
function words(ms: number): string {
  const seconds = Math.ceil(ms / 10_000) * 10;
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
