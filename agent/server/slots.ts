import {Refusal} from './refusal.ts';

const RETRY_SECONDS = 5;

/** So many at a time; one more is refused with the advice to come again. */
export class Slots {
  readonly #most: number;
  readonly #what: string;
  #taken = 0;

  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** Runs work in a slot. Throws a {@link Refusal} where all are taken. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#most)
      throw new Refusal(
        'busy',
        `${this.#taken} ${this.#what} are under way on this node, which is the limit: try again in ${RETRY_SECONDS} seconds`,
        {'retry-after': String(RETRY_SECONDS)},
      );
    this.#taken++;
    try {
      return await work();
    } finally {
      this.#taken--;
    }
  }
}
