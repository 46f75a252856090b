import type {ByteString} from '../../logs/bytes.ts';
import {copyOf} from '../../logs/bytes.ts';

/** A stretch of a record and what it says. */
export interface Stretch<T> {
  text: ByteString;
  value: T;
}

/** So many are kept: providers, channels and levels of a stream are few. */
const KEPT = 16;

/** Stretches that stood in records before. Neighbours are mostly alike, and comparing is faster than reading again. */
export class Known<T> {
  readonly #read: (text: ByteString, at: number) => Stretch<T> | undefined;
  readonly #kept: Stretch<T>[] = [];
  #next = 0;
  #last: Stretch<T> | undefined;

  /** `read` takes what stands at a place; what it answers must follow from that stretch alone. */
  constructor(read: (text: ByteString, at: number) => Stretch<T> | undefined) {
    this.#read = read;
  }

  /** The stretch at a place, by comparing or by reading; undefined where there is none. */
  at(text: ByteString, at: number): Stretch<T> | undefined {
    if (this.#last && isAt(text, at, this.#last.text)) return this.#last;
    const found = this.#kept.find(kept => isAt(text, at, kept.text)) ?? this.#learn(text, at);
    this.#last = found ?? this.#last;
    return found;
  }

  #learn(text: ByteString, at: number): Stretch<T> | undefined {
    const read = this.#read(text, at);
    if (!read) return undefined;
    // A slice would keep the whole text that it is cut from.
    const learned = {text: copyOf(read.text), value: read.value};
    this.#kept[this.#next] = learned;
    this.#next = (this.#next + 1) % KEPT;
    return learned;
  }
}

/** As `startsWith`; cutting and comparing is faster for a long literal. */
export function isAt(text: ByteString, at: number, literal: string): boolean {
  return text.slice(at, at + literal.length) === literal;
}
