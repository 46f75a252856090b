import type {CollectorLine} from '../../src/protocol/lines.ts';

/** Characters of lines that are kept for those who wait; of a collector that makes more each one gets its own run. */
const MAX_KEPT = 8 * 1024 * 1024;

interface Flight {
  /** Lines so far; given up where they are too many. */
  kept: CollectorLine[] | undefined;
  size: number;
  whole: boolean;
  /** Resolves when the run is over, however it ended. */
  readonly over: Promise<void>;
}

/**
 * Runs each collector once at a time, however many ask. Who comes while it runs gets the lines of that run when it is over, or
 * runs it next where the lines were too many to keep or the one it ran for has gone. Nothing is kept after that.
 */
export class SharedRuns {
  readonly #flights = new Map<string, Flight>();

  /** The lines of the named collector; throws the signal's reason when that fires. */
  async *run(
    name: string,
    start: () => AsyncIterable<CollectorLine>,
    signal: AbortSignal,
  ): AsyncGenerator<CollectorLine> {
    for (let flight = this.#flights.get(name); flight; flight = this.#flights.get(name)) {
      await orAborted(flight.over, signal);
      if (flight.whole && flight.kept) {
        yield* flight.kept;
        return;
      }
    }
    yield* this.#lead(name, start);
  }

  async *#lead(name: string, start: () => AsyncIterable<CollectorLine>): AsyncGenerator<CollectorLine> {
    const {promise: over, resolve} = Promise.withResolvers<void>();
    const flight: Flight = {kept: [], size: 0, whole: false, over};
    this.#flights.set(name, flight);
    try {
      for await (const line of start()) {
        keep(flight, line);
        yield line;
      }
      flight.whole = true;
    } finally {
      this.#flights.delete(name);
      resolve();
    }
  }
}

function keep(flight: Flight, line: CollectorLine): void {
  flight.size += line.ok ? line.body.length : line.detail.length;
  if (flight.size > MAX_KEPT) flight.kept = undefined;
  flight.kept?.push(line);
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const {promise: aborted, reject} = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, {once: true});
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
