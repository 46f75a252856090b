import type {ByteString} from './bytes.ts';
import type {FoundRecord} from './to-record.ts';

/** Bytes that are written again and again, ready in both forms. */
export class Block {
  readonly text: ByteString;
  readonly bytes: Uint8Array;

  constructor(text: ByteString) {
    this.text = text;
    this.bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[i] = text.charCodeAt(i);
  }
}

/** Takes a record piece by piece. */
export interface PieceWriter {
  put(text: ByteString): void;
  /** Takes the time of a record that has one. */
  time(found: FoundRecord): void;
  block(block: Block): void;
  /** Takes a record's message, as it stands in the record. */
  message(found: FoundRecord): void;
}

/** Gathers pieces as a byte string. */
export class TextPieces implements PieceWriter {
  #text: ByteString = '';

  put(text: ByteString): void {
    this.#text += text;
  }

  block({text}: Block): void {
    this.#text += text;
  }

  time({time}: FoundRecord): void {
    this.#text += time ?? '';
  }

  message({message}: FoundRecord): void {
    this.#text += message;
  }

  /** What was gathered, which then is forgotten. */
  take(): ByteString {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
