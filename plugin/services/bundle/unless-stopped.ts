/** Runs a step; what it throws when the collection was stopped counts as stopped: undefined. */
export async function unlessStopped<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  }
}
