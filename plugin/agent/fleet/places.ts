/** How many are at work, and how many are open at all. */
export interface Limits {
  /** Streams on which something comes. */
  active: number;
  /** Streams in all: those that are silent cost next to nothing, so they may be many. */
  open: number;
  /** Milliseconds of silence after which a stream gives its place to another. */
  quietMs: number;
}

/** What one job does with its place. */
export interface Place {
  /** Something came: the job counts as active again. */
  heard(): void;
}

/**
 * Runs jobs with so many of them active at a time. One that hangs gives its place away until it is heard again, so that
 * hung nodes cost a deadline of their own and not one of everybody behind them. Rejects as soon as a job throws.
 */
export async function inPlaces<T>(
  items: Iterable<T>,
  limits: Limits,
  job: (item: T, place: Place) => Promise<void>,
): Promise<void> {
  await new Places(items, limits, job).run();
}

class Places<T> {
  readonly #queue: Iterator<T>;
  readonly #limits: Limits;
  readonly #job: (item: T, place: Place) => Promise<void>;
  readonly #end = Promise.withResolvers<void>();
  #active = 0;
  #open = 0;
  #isEmpty = false;

  constructor(items: Iterable<T>, limits: Limits, job: (item: T, place: Place) => Promise<void>) {
    this.#queue = items[Symbol.iterator]();
    this.#limits = limits;
    this.#job = job;
  }

  run(): Promise<void> {
    this.#fill();
    return this.#end.promise;
  }

  #fill(): void {
    while (this.#hasRoom()) {
      const next = this.#queue.next();
      if (next.done) this.#isEmpty = true;
      else this.#start(next.value);
    }
    if (this.#isEmpty && this.#open === 0) this.#end.resolve();
  }

  #hasRoom(): boolean {
    return !this.#isEmpty && this.#active < this.#limits.active && this.#open < this.#limits.open;
  }

  #start(item: T): void {
    let counted = true;
    this.#active++;
    this.#open++;
    const count = (isActive: boolean): void => {
      if (counted !== isActive) this.#active += isActive ? 1 : -1;
      counted = isActive;
    };
    const quiet = setTimeout(() => {
      count(false);
      this.#fill();
    }, this.#limits.quietMs);
    const place = {
      heard(): void {
        count(true);
        quiet.refresh();
      },
    };
    this.#job(item, place)
      .catch(this.#end.reject)
      .finally(() => {
        clearTimeout(quiet);
        count(false);
        this.#open--;
        this.#fill();
      });
  }
}
