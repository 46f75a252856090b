import type {ByteString} from '../../logs/bytes.ts';

/** Takes elements off a text from left to right. */
export class Tags {
  readonly #text: ByteString;
  #at: number;

  constructor(text: ByteString, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** The content of the next element where it has this name, which cannot hold `<`; else undefined, and nothing is taken. */
  take(name: string): ByteString | undefined {
    const open = `<${name}>`;
    if (!this.#text.startsWith(open, this.#at)) return undefined;
    const from = this.#at + open.length;
    const to = this.#text.indexOf('<', from);
    const close = `</${name}>`;
    if (to < 0 || !this.#text.startsWith(close, to)) return undefined;
    this.#at = to + close.length;
    return this.#text.slice(from, to);
  }

  /** Where the content of the next element begins, or -1 where it has another name. */
  open(name: string): number {
    return this.skip(`<${name}>`) ? this.#at : -1;
  }

  /** Steps over a literal; false where something else stands there. */
  skip(literal: string): boolean {
    if (!this.#text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  /** Steps over a literal and takes what stands before the next one; undefined where either is missing. */
  between(before: string, after: string): ByteString | undefined {
    if (!this.#text.startsWith(before, this.#at)) return undefined;
    const from = this.#at + before.length;
    const to = this.#text.indexOf(after.charAt(0), from);
    if (to < 0 || !this.#text.startsWith(after, to)) return undefined;
    this.#at = to + after.length;
    return this.#text.slice(from, to);
  }
}
