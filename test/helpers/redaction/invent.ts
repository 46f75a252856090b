/** Invents texts from a seed, so that a corpus is the same in every run. */
export class Inventor {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** A whole number below a limit (xorshift32). */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  text(letters: string, length: number): string {
    return Array.from({length}, () => letters[this.below(letters.length)]).join('');
  }

  hex(length: number): string {
    return this.text('0123456789abcdef', length);
  }

  guid(): string {
    return [8, 4, 4, 4, 12].map(n => this.hex(n)).join('-');
  }

  base64(bytes: number): string {
    return Buffer.from(Array.from({length: bytes}, () => this.below(256))).toString('base64');
  }

  url64(bytes: number): string {
    return Buffer.from(Array.from({length: bytes}, () => this.below(256))).toString('base64url');
  }

  /** A password as people are made to choose them. */
  password(): string {
    const word = this.pick(['invented', 'Autumn', 'lemon', 'Harbour', 'copper', 'Walnut']);
    return `${word}${this.pick(['-', '!', '_', '#', '.'])}${this.below(9000) + 1000}${this.text('abcdefghXYZ', 3)}`;
  }

  /** Letters of both cases and digits. */
  random(length: number): string {
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
    // A token of this length without a digit, or in one case only, is not met.
    return `${this.text(letters, length - 3)}a7Q`;
  }

  ip(): string {
    return `10.${this.below(256)}.${this.below(256)}.${this.below(254) + 1}`;
  }

  name(): string {
    return `${this.pick(['web', 'orders', 'billing', 'iis', 'worker'])}-${this.text('bcdfghjklmnpqrstvwxz2456789', 5)}`;
  }
}
