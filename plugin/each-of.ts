/** Does something with each of many, so many at a time. Rejects with the first job that does; what is under way then goes on. */
export async function eachOf<T>(
  items: readonly T[],
  atATime: number,
  job: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({length: Math.min(atATime, items.length)}, async () => {
      for (const item of rest) await job(item);
    }),
  );
}
