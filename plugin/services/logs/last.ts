/** Keeps the last so many of what it is given, whatever number that is. */
export class Last<T> {
  readonly #size: number;
  readonly #kept: T[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(item: T): void {
    if (this.#size === 0) return;
    this.#kept[this.#next] = item;
    this.#next = (this.#next + 1) % this.#size;
  }

  /** What is kept, the oldest first. */
  all(): T[] {
    return this.#kept.length < this.#size
      ? this.#kept
      : [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)];
  }
}
