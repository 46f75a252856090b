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
 * hung nodes cost a deadline of their own and not one of everybody behind them.
 */
export async function inPlaces<T>(
  items: Iterable<T>,
  {active, open, quietMs}: Limits,
  job: (item: T, place: Place) => Promise<void>,
): Promise<void> {
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const queue = items[Symbol.iterator]();
  let actives = 0;
  let opened = 0;
  let done = false;

  const fill = (): void => {
    while (!done && actives < active && opened < open) {
      const next = queue.next();
      if (next.done) {
        done = true;
        break;
      }
      start(next.value);
    }
    if (done && opened === 0) resolve();
  };

  const start = (item: T): void => {
    let counted = true;
    actives++;
    opened++;
    const quiet = setTimeout(() => {
      counted = false;
      actives--;
      fill();
    }, quietMs);
    const place = {
      heard(): void {
        if (!counted) actives++;
        counted = true;
        quiet.refresh();
      },
    };
    job(item, place)
      .catch(reject)
      .finally(() => {
        clearTimeout(quiet);
        if (counted) actives--;
        opened--;
        fill();
      });
  };

  fill();
  return promise;
}
