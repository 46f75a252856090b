import type {Clock} from '../kube/clock.ts';

/** When a stream counts as suspicious, and how to find out whether it is dead. */
export interface Silence {
  ms: number;
  isDead(): Promise<boolean>;
}

/** The items of a stream; it ends, too, where the stream is silent and turns out to be dead. */
export async function* orIdle<T>(
  stream: AsyncIterable<T>,
  silence: Silence,
  {clock, signal}: {clock: Clock; signal: AbortSignal},
): AsyncGenerator<T> {
  const iterator = stream[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const patience = new AbortController();
    const either = AbortSignal.any([signal, patience.signal]);
    const waited = clock.sleep(silence.ms, either).then(
      () => 'silent' as const,
      () => 'stopped' as const,
    );
    const first = await Promise.race([next, waited]);
    patience.abort();
    if (first === 'stopped') signal.throwIfAborted();
    else if (first === 'silent') {
      // The question itself may fail; then the stream is left to speak for itself.
      const dead = await Promise.race([next.then(() => false), silence.isDead().catch(() => false)]);
      if (dead) {
        next.catch(() => undefined);
        return;
      }
    } else {
      if (first.done) return;
      yield first.value;
      next = iterator.next();
    }
  }
}
