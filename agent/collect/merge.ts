/**
 * Runs several sources at once, `limit` at a time in their order, and gives what they yield as it comes. Each is asked for its
 * next only when its last was taken, so that a slow reader slows them instead of filling memory. Where the reader leaves early or
 * a source throws, `stop` is called so that the others end what they wait for.
 */
export async function* merge<T>(
  sources: ReadonlyArray<() => AsyncGenerator<T>>,
  limit: number,
  stop: () => void,
): AsyncGenerator<T> {
  const waiting = [...sources];
  const running = new Map<AsyncGenerator<T>, Promise<{source: AsyncGenerator<T>; next: IteratorResult<T>}>>();
  const pull = (source: AsyncGenerator<T>): void => {
    running.set(
      source,
      source.next().then(next => ({source, next})),
    );
  };
  try {
    while (true) {
      while (running.size < limit) {
        const start = waiting.shift();
        if (!start) break;
        pull(start());
      }
      if (running.size === 0) return;
      const {source, next} = await Promise.race(running.values());
      running.delete(source);
      if (next.done) continue;
      yield next.value;
      pull(source);
    }
  } finally {
    stop();
    await Promise.allSettled([...running.keys()].map(source => source.return(undefined)));
  }
}
