/** An item of one of several streams, with the time by which they are put in order. */
export interface Timed<T> {
  /** Milliseconds since 1970, with fractions; an item without a time goes with the one before it. */
  at: number;
  item: T;
}

/** So many items of a stream are held while others are waited for; then it has to wait itself. */
const MAX_HELD = 1000;

interface Source<T> {
  held: {at: number; item: T; arrived: number}[];
  /** Lets the pump go on that waits for room. */
  room: (() => void) | undefined;
}

/**
 * Puts streams in the order of time, each of which is in order itself. An item waits until every other stream has shown
 * one, but no longer than the window: then what is there is put in order. Streams may be added while it runs.
 */
export class Interleaver<T> {
  readonly #windowMs: number;
  readonly #sources = new Set<Source<T>>();
  #live = 0;
  #closed = false;
  #failure: {error: unknown} | undefined;
  #wake: () => void = () => {};

  /** A window of `Infinity` waits for every stream, as for logs that end. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** How many streams have not ended. */
  get live(): number {
    return this.#live;
  }

  /** Adds a stream. When one throws, all of it ends with that error once what came before is out. */
  add(stream: AsyncIterable<Timed<T>>): void {
    const source: Source<T> = {held: [], room: undefined};
    this.#sources.add(source);
    this.#live++;
    void this.#pump(stream, source);
  }

  /** States that no stream will be added any more: it ends when the last one has. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Ends it with this error once what is held is out. */
  fail(error: unknown): void {
    this.#failure ??= {error};
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const {promise, resolve} = Promise.withResolvers<void>();
      this.#wake = resolve;
      for (let source = this.#next(); source; source = this.#next()) {
        const first = source.held.shift();
        if (source.held.length < MAX_HELD / 2) source.room?.();
        if (first) yield first.item;
      }
      if (this.#failure) throw this.#failure.error;
      if (this.#closed && this.#sources.size === 0) return;
      const timer = this.#alarm(resolve);
      await promise;
      clearTimeout(timer);
    }
  }

  async #pump(stream: AsyncIterable<Timed<T>>, source: Source<T>): Promise<void> {
    try {
      for await (const {at, item} of stream) {
        source.held.push({at, item, arrived: performance.now()});
        if (source.held.length === 1) this.#wake();
        if (source.held.length < MAX_HELD) continue;
        await new Promise<void>(resolve => (source.room = resolve));
        source.room = undefined;
      }
    } catch (error) {
      this.fail(error);
    }
    this.#live--;
    source.room = undefined;
    this.#ended.add(source);
    this.#wake();
  }

  readonly #ended = new Set<Source<T>>();

  /** The stream whose first item is to go out now. */
  #next(): Source<T> | undefined {
    let earliest: Source<T> | undefined;
    let isWhole = true;
    let oldest = Infinity;
    for (const source of this.#sources) {
      const [first] = source.held;
      if (!first) {
        if (this.#ended.delete(source)) this.#sources.delete(source);
        else isWhole = false;
        continue;
      }
      oldest = Math.min(oldest, first.arrived);
      if (!earliest || first.at < (earliest.held[0]?.at ?? Infinity)) earliest = source;
    }
    const isDue = isWhole || this.#failure !== undefined || performance.now() - oldest >= this.#windowMs;
    return isDue ? earliest : undefined;
  }

  /** Wakes when the first of what is held has waited long enough. */
  #alarm(wake: () => void): NodeJS.Timeout | undefined {
    if (this.#windowMs === Infinity) return undefined;
    let oldest = Infinity;
    for (const {held} of this.#sources) oldest = Math.min(oldest, held[0]?.arrived ?? Infinity);
    if (oldest === Infinity) return undefined;
    return setTimeout(wake, Math.max(1, this.#windowMs - (performance.now() - oldest)));
  }
}

/** Milliseconds since 1970 of a time as runtimes write it, with as much of its nanoseconds as a number holds. */
export function momentOf(time: string): number | undefined {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return undefined;
  const beyond = /\.\d{3}(\d+)/.exec(time)?.[1];
  return beyond === undefined ? ms : ms + Number(`0.${beyond}`);
}
