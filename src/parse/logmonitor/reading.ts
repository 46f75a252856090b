import type {ByteString} from '../../logs/bytes.ts';
import {copyOf} from '../../logs/bytes.ts';
import type {EtwParts} from './etw-parts.ts';
import {Literal} from './literal.ts';
import type {PlainProperties} from './etw-plain.ts';
import type {EventParts} from './event-parts.ts';
import type {FamilyEvidence} from './family.ts';
import {fileName} from './shapes.ts';

/** What a reader of one shape is told, and may change: the place it reads, and what the stream has shown so far. */
export interface Reading {
  start: number;
  /** Where the line ends, without CR and LF. A reader moves it back where another record follows in the same line. */
  end: number;
  /** Whether to take a record that does not end: nothing more will come of it. */
  force: boolean;
  /** Whether the line is known to be printable ASCII (`isCleanText`). */
  clean: boolean;
  /** Bytes of the text where they are at hand. */
  bytes: Uint8Array | undefined;
  /** The same, to compare with. */
  view: DataView | undefined;
  /** Where the message stands that is read, where it is printable ASCII and a stretch of `Found.raw`; else -1. */
  at: number;
  /** Whether only what filters ask for is wanted: messages and data stay unread, `lossless` and `family` mean nothing. */
  readonly fieldsOnly: boolean;
  evidence: FamilyEvidence;
  files: FileNames;
  events: EventParts;
  etw: EtwParts;
  plain: PlainProperties;
}

/** The end of the last record of a file, and the name in it. */
export class FileNames {
  ending: Literal | undefined;
  name: ByteString = '';

  /** Keeps an end of a record with the name, as it stands there, that it holds. */
  remember(ending: ByteString, doubled: ByteString): void {
    this.ending = new Literal(copyOf(ending));
    this.name = fileName(doubled);
  }
}
