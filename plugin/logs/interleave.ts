/** An item of one of several streams, with the time by which they are put in order. */
export interface Timed<T> {
  /** Milliseconds since 1970, with fractions; an item without a time goes with the one before it. */
  at: number;
  item: T;
}

/** So many items of a stream are held while others are waited for; then it has to wait itself. */
const MAX_HELD = 1000;
/** So many go out together at most. */
const MAX_OUT = 4096;

/** Items of a stream that came together. */
interface Batch<T> {
  items: readonly Timed<T>[];
  arrived: number;
  /** How many of them are out. */
  out: number;
}

interface Source<T> {
  held: Batch<T>[];
  /** How many items are held. */
  size: number;
  /** Lets the pump go on that waits for room. */
  room: (() => void) | undefined;
}

/** What is to go out now: of this stream, up to this time. */
interface Turn<T> {
  source: Source<T>;
  /** Where the first item of another stream comes before. */
  until: number;
  /** What arrived later has to wait. */
  arrivedUntil: number;
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

  /** Adds a stream, whose items come in lists. When one throws, all of it ends with that error once what came before is out. */
  add(stream: AsyncIterable<readonly Timed<T>[]>): void {
    const source: Source<T> = {held: [], size: 0, room: undefined};
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

  /** What goes out, in lists of what goes out together. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T[]> {
    for (;;) {
      const {promise, resolve} = Promise.withResolvers<void>();
      this.#wake = resolve;
      const out: T[] = [];
      for (let turn = this.#next(); turn && out.length < MAX_OUT; turn = this.#next()) this.#take(turn, out);
      if (out.length > 0) {
        yield out;
        continue;
      }
      if (this.#failure) throw this.#failure.error;
      if (this.#closed && this.#sources.size === 0) return;
      const timer = this.#alarm(resolve);
      await promise;
      clearTimeout(timer);
    }
  }

  async #pump(stream: AsyncIterable<readonly Timed<T>[]>, source: Source<T>): Promise<void> {
    try {
      for await (const items of stream) {
        if (items.length === 0) continue;
        source.held.push({items, arrived: performance.now(), out: 0});
        source.size += items.length;
        if (source.held.length === 1) this.#wake();
        if (source.size < MAX_HELD) continue;
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

  /** Takes the items of a turn: the first at any rate. */
  #take({source, until, arrivedUntil}: Turn<T>, out: T[]): void {
    const before = source.size;
    for (let batch = source.held[0]; batch; batch = source.held[0]) {
      const item = batch.items[batch.out];
      if (item && source.size < before && (item.at > until || batch.arrived > arrivedUntil)) break;
      if (item) out.push(item.item);
      source.size--;
      if (++batch.out >= batch.items.length) source.held.shift();
    }
    if (source.size < MAX_HELD / 2) source.room?.();
  }

  /** The stream whose first item is to go out now. */
  #next(): Turn<T> | undefined {
    let earliest: Source<T> | undefined;
    let at = Infinity;
    let until = Infinity;
    let isWhole = true;
    let oldest = Infinity;
    for (const source of this.#sources) {
      const first = firstOf(source);
      if (!first) {
        if (this.#ended.delete(source)) this.#sources.delete(source);
        else isWhole = false;
        continue;
      }
      oldest = Math.min(oldest, source.held[0]?.arrived ?? Infinity);
      if (!earliest || first.at < at) {
        until = at;
        at = first.at;
        earliest = source;
      } else until = Math.min(until, first.at);
    }
    if (!earliest) return undefined;
    // While each stream shows an item, nothing earlier can come; a stream that runs out ends its turn.
    if (isWhole || this.#failure) return {source: earliest, until, arrivedUntil: Infinity};
    const arrivedUntil = performance.now() - this.#windowMs;
    return oldest <= arrivedUntil ? {source: earliest, until, arrivedUntil} : undefined;
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

function firstOf<T>({held}: Source<T>): Timed<T> | undefined {
  const [batch] = held;
  return batch?.items[batch.out];
}
