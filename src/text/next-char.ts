/**
 * Where a character stands next in a text that is read from its beginning to its end. It is looked for once for all who ask before
 * that place: in a text that has none, asking line by line would go through the rest of it each time.
 */
export class NextChar {
  readonly #char: string;
  #text = '';
  #from = 0;
  #at = -1;

  constructor(char: string) {
    this.#char = char;
  }

  /** Whether it stands at `from` or between that and `to`. */
  isIn(text: string, from: number, to: number): boolean {
    if (from > this.#at || from < this.#from || text !== this.#text) this.#seek(text, from);
    return this.#at < to;
  }

  #seek(text: string, from: number): void {
    if (this.#text !== text) this.#text = text;
    const at = text.indexOf(this.#char, from);
    this.#from = from;
    this.#at = at < 0 ? text.length : at;
  }
}
