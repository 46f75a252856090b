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
  const open = new Set<AsyncGenerator<T>>();
  const running = new Map<AsyncGenerator<T>, Promise<{source: AsyncGenerator<T>; next: IteratorResult<T>}>>();
  const pull = (source: AsyncGenerator<T>): void => {
    running.set(
      source,
      source.next().then(next => ({source, next})),
    );
  };
  try {
    while (true) {
      while (open.size < limit) {
        const source = waiting.shift()?.();
        if (!source) break;
        open.add(source);
        pull(source);
      }
      if (open.size === 0) return;
      const {source, next} = await Promise.race(running.values());
      running.delete(source);
      if (next.done) {
        open.delete(source);
        continue;
      }
      yield next.value;
      pull(source);
    }
  } finally {
    stop();
    // Also the one whose item was given last and that nobody has asked since.
    await Promise.allSettled([...open].map(source => source.return(undefined)));
  }
}
