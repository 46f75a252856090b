import type {Clock} from '../kube/clock.ts';

/** Stands between the items of a stream where it has been silent. */
export const SILENT = Symbol('silent');

/** When a stream counts as silent, and by which clock. */
export interface SilenceOptions {
  ms: number;
  clock: Clock;
  signal: AbortSignal;
}

/** The items of a stream, and `SILENT` whenever none has come for so long. It costs one timer, however many items come. */
export async function* withSilences<T>(
  stream: AsyncIterable<T>,
  {ms, clock, signal}: SilenceOptions,
): AsyncGenerator<T | typeof SILENT> {
  const iterator = stream[Symbol.asyncIterator]();
  const over = new AbortController();
  let wake: ((why: typeof SILENT) => void) | undefined;
  let busyAt = clock.now();
  const watch = async (): Promise<void> => {
    const either = AbortSignal.any([signal, over.signal]);
    for (let rest = ms; !either.aborted;) {
      await clock.sleep(rest, either);
      const silentFor = clock.now() - busyAt;
      rest = silentFor >= ms ? ms : ms - silentFor;
      if (silentFor >= ms) wake?.(SILENT);
    }
  };
  // It ends by being stopped, which is no failure.
  watch().catch(() => undefined);
  try {
    let next = iterator.next();
    for (;;) {
      const pending = next;
      const first = await new Promise<IteratorResult<T> | typeof SILENT>((resolve, reject) => {
        wake = resolve;
        pending.then(resolve, reject);
      });
      if (first === SILENT) {
        yield SILENT;
        continue;
      }
      if (first.done) return;
      busyAt = clock.now();
      yield first.value;
      next = iterator.next();
    }
  } finally {
    over.abort();
    // A stream that is dead never answers, so nobody waits for its end.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

/** The items of a stream; it ends, too, where the stream is silent and `isDead` says that it will stay so. */
export async function* orIdle<T>(
  stream: AsyncIterable<T>,
  isDead: () => Promise<boolean>,
  silence: SilenceOptions,
): AsyncGenerator<T> {
  for await (const item of withSilences(stream, silence)) {
    if (item !== SILENT) yield item;
    // The question itself may fail; then the stream is left to speak for itself.
    else if (await isDead().catch(() => false)) return;
  }
}
