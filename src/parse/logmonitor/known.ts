import type {ByteString} from '../../logs/bytes.ts';
import {copyOf} from '../../logs/bytes.ts';
import {Literal} from './literal.ts';

/** A stretch of a record and what it says. */
export interface Stretch<T> {
  text: ByteString;
  value: T;
}

interface Kept<T> extends Stretch<T> {
  literal: Literal;
}

/** So many are kept: providers, channels and levels of a stream are few. */
const KEPT = 16;

/** Stretches that stood in records before. Neighbours are mostly alike, and comparing is faster than reading again. */
export class Known<T> {
  readonly #read: (text: ByteString, at: number) => Stretch<T> | undefined;
  readonly #kept: Kept<T>[] = [];
  #next = 0;
  #last: Kept<T> | undefined;

  /** `read` takes what stands at a place; what it answers must follow from that stretch alone. */
  constructor(read: (text: ByteString, at: number) => Stretch<T> | undefined) {
    this.#read = read;
  }

  /** The stretch at a place, by comparing or by reading; undefined where there is none. `view`: the text as bytes. */
  at(text: ByteString, at: number, view: DataView | undefined): Stretch<T> | undefined {
    if (this.#last?.literal.isAt(text, at, view)) return this.#last;
    const found = this.#kept.find(({literal}) => literal.isAt(text, at, view)) ?? this.#learn(text, at);
    this.#last = found ?? this.#last;
    return found;
  }

  /** The stretch at a place of bytes where it stood in a record before; undefined where it did not. */
  known(view: DataView, at: number): Stretch<T> | undefined {
    if (this.#last?.literal.isIn(view, at)) return this.#last;
    for (const kept of this.#kept) {
      if (!kept.literal.isIn(view, at)) continue;
      this.#last = kept;
      return kept;
    }
    return undefined;
  }

  #learn(text: ByteString, at: number): Kept<T> | undefined {
    const read = this.#read(text, at);
    if (!read) return undefined;
    // A slice would keep the whole text that it is cut from.
    const own = copyOf(read.text);
    const learned = {text: own, value: read.value, literal: new Literal(own)};
    this.#kept[this.#next] = learned;
    this.#next = (this.#next + 1) % KEPT;
    return learned;
  }
}
