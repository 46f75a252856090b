import type {ByteString} from '../../logs/bytes.ts';

/** Bytes of a double. */
const WORD = 8;

/**
 * A text that is looked for at one place after the other. Where bytes are at hand it is compared with them eight at a time, which
 * takes a fraction of the time of cutting and comparing strings, and leaves nothing behind.
 */
export class Literal {
  readonly text: ByteString;
  readonly length: number;
  /**
   * The text as doubles, the last one over the end of the one before it where the length is no multiple of eight. Of printable ASCII
   * no double is a zero or no number, so that two are equal where all their bits are. Undefined where the text is shorter, or another.
   */
  readonly #words: Float64Array | undefined;

  constructor(text: ByteString) {
    this.text = text;
    this.length = text.length;
    if (text.length >= WORD && PRINTABLE.test(text)) this.#words = wordsOf(text);
  }

  /** Whether it stands at a place of a text; `view`: the same as bytes, where they are at hand. */
  isAt(text: ByteString, at: number, view: DataView | undefined): boolean {
    if (view) return this.isIn(view, at);
    return at >= 0 && text.startsWith(this.text, at);
  }

  /** Whether it stands at a place of bytes. */
  isIn(view: DataView, at: number): boolean {
    const {length} = this;
    if (at < 0 || at + length > view.byteLength) return false;
    const words = this.#words;
    if (!words) return this.#isSlowlyIn(view, at);
    const last = words.length - 1;
    for (let i = 0; i < last; i++) if (view.getFloat64(at + i * WORD, true) !== words[i]) return false;
    return view.getFloat64(at + length - WORD, true) === words[last];
  }

  #isSlowlyIn(view: DataView, at: number): boolean {
    for (let i = 0; i < this.length; i++) if (view.getUint8(at + i) !== this.text.charCodeAt(i)) return false;
    return true;
  }
}

const PRINTABLE = /^[\x20-\x7e]*$/;

function wordsOf(text: ByteString): Float64Array {
  const bytes = Uint8Array.from(text, char => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const count = Math.ceil(text.length / WORD);
  return Float64Array.from({length: count}, (_, i) =>
    view.getFloat64(Math.min(i * WORD, text.length - WORD), true),
  );
}
