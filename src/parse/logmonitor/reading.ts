import type {ByteString} from '../../logs/bytes.ts';
import {copyOf} from '../../logs/bytes.ts';
import {NextChar} from '../../text/next-char.ts';
import {EtwParts} from './etw-parts.ts';
import {Literal} from './literal.ts';
import {PlainProperties} from './etw-plain.ts';
import {EventParts} from './event-parts.ts';
import type {FamilyEvidence} from './family.ts';
import {fileName} from './shapes.ts';
import type {Shared} from './shared.ts';

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
  /** CRs before the LF of a line that is a record of its own: text mode makes LF to CR LF, containerd takes one CR away. */
  usualCrs: number;
  /** Whether only what filters ask for is wanted: messages and data stay unread, `lossless` and `family` mean nothing. */
  readonly fieldsOnly: boolean;
  evidence: FamilyEvidence;
  files: FileNames;
  events: EventParts;
  etw: EtwParts;
  plain: PlainProperties;
  backslash: NextChar;
}

/** For the lines of one stream, of which nothing was read yet. */
export function readingOf({evidence, fieldsOnly}: Shared, usualCrs: number): Reading {
  return {
    start: 0,
    end: 0,
    force: false,
    clean: false,
    bytes: undefined,
    view: undefined,
    at: -1,
    usualCrs,
    fieldsOnly,
    evidence,
    files: new FileNames(),
    events: new EventParts(),
    etw: new EtwParts(),
    plain: new PlainProperties(),
    backslash: new NextChar('\\'),
  };
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
