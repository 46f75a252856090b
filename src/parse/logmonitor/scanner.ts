import type {ByteString} from '../../logs/bytes.ts';
import {MAX_LINE_BYTES, PIECE_BYTES} from '../../logs/record.ts';
import type {CriHeader} from './cri.ts';
import {Fragments, isCriLine, readCriHeader} from './cri.ts';
import {Layouts} from './custom.ts';
import {FamilyEvidence} from './family.ts';
import {Found} from './found.ts';
import type {FoundSink} from './found.ts';
import type {Layout} from './layout.ts';
import type {PlainLine} from './line.ts';
import {LineReader} from './reader.ts';
import type {Shared} from './shared.ts';
import type {ScannerState, StreamState} from './state.ts';

/** How lines come: `plain` as they were printed, `cri` in the runtime's files, `stamped` with a time as the kubelet's API gives them. */
export type LineFormat = 'plain' | 'cri' | 'stamped';

export interface ScannerOptions {
  /** `auto` decides by the first line. */
  format?: LineFormat | 'auto';
  /** `customLogFormat` layouts, where the configuration is known. */
  layouts?: readonly Layout[];
  /** Set where records are only chosen, not shown: messages and data are left alone, `lossless` and `family` mean nothing. */
  fieldsOnly?: boolean;
  /** False where nobody asks for time and level of the lines of applications, `level` where nobody asks for their times. */
  recognizes?: boolean | 'level';
  /** What another scanner knew where it stopped: this one goes on there. */
  state?: ScannerState | undefined;
}

/** What helps to read a text faster. */
export interface KnownText {
  /** Whether `isCleanText` holds for it. */
  clean: boolean;
  /** The same as bytes. */
  bytes: Uint8Array | undefined;
}

const NOTHING: KnownText = {clean: false, bytes: undefined};
const CR = 0x0d;
/** UTF-8 characters have at most three bytes after the first; a cut goes before one, not into it. */
const MAX_TAIL = 3;

/**
 * Reads the byte string of a log into records, without copying it. Lines of the runtime's files are joined from their
 * fragments, each stream for itself.
 */
export class Scanner {
  readonly #found = new Found();
  readonly #plain: PlainLine = {
    text: '',
    start: 0,
    end: 0,
    crs: 0,
    clean: false,
    bytes: undefined,
    view: undefined,
  };
  readonly #shared: Shared;
  readonly #readers = new Map<string, {reader: LineReader; fragments: Fragments}>();
  #format: LineFormat | 'auto';
  /** The one reader of a plain stream. */
  #first: LineReader | undefined;
  /** Whether the line that is read has given pieces already. */
  #long = false;

  constructor({
    format = 'auto',
    layouts = [],
    fieldsOnly = false,
    recognizes = true,
    state,
  }: ScannerOptions = {}) {
    this.#format = state?.format ?? format;
    this.#shared = {
      evidence: new FamilyEvidence(state?.family),
      layouts: new Layouts(layouts, state?.layouts),
      fieldsOnly,
      recognizes,
    };
    for (const {name, ...known} of state?.streams ?? []) this.#open(name, known);
  }

  /** All that it has learned; undefined in the middle of a record or a line, where nobody else could go on. */
  get state(): ScannerState | undefined {
    if (this.#long) return undefined;
    const streams: StreamState[] = [];
    for (const [name, {reader, fragments}] of this.#readers) {
      const {state} = reader;
      if (!state || !fragments.isEmpty) return undefined;
      streams.push({name, ...state});
    }
    const {evidence, layouts} = this.#shared;
    return {format: this.#format, family: evidence.state, layouts: layouts.known, streams};
  }

  /**
   * Reads what is whole in `text` and says how much that was; the rest belongs before what comes next. With `final`
   * nothing comes, so everything is read. `known`: what the caller knows of the text already.
   */
  scan(text: ByteString, final: boolean, sink: FoundSink, known: KnownText = NOTHING): number {
    this.#plain.clean = known.clean;
    const {bytes} = known;
    this.#plain.bytes = bytes;
    const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#plain.view = view;
    const skimmed = bytes && view && {text, bytes, view, clean: known.clean};
    let at = 0;
    while (at < text.length) {
      if (skimmed && this.#first && !this.#long) at = this.#first.skim(skimmed, at, this.#found, sink);
      if (at >= text.length) break;
      let lf = text.indexOf('\n', at);
      if (lf < 0) {
        if (!final) {
          while (text.length - at > this.#most) at = this.#piece(text, at, text.length, sink);
          break;
        }
        lf = text.length;
      }
      if (this.#long || lf - at > MAX_LINE_BYTES) at = this.#longLine(text, at, lf, sink);
      else this.#line(text, at, lf, sink);
      at = Math.min(lf + 1, text.length);
    }
    if (final) this.flush(sink);
    return at;
  }

  /** Gives what was waiting for more: a record without its end, a fragment without the rest of its line. */
  flush(sink: FoundSink): void {
    for (const {reader, fragments} of this.#readers.values()) {
      const line = fragments.take(this.#found);
      if (line) reader.line(line, this.#found, sink);
      reader.flush(this.#found, sink);
    }
  }

  #line(text: ByteString, start: number, lf: number, sink: FoundSink): void {
    const found = this.#found;
    // Writing it anew for each line would cost the collector of garbage a note each time.
    if (found.raw !== text) found.raw = text;
    found.rawStart = start;
    found.rawEnd = Math.min(lf + 1, text.length);
    if (this.#format === 'auto') this.#format = isCriLine(text, start, lf) ? 'cri' : 'plain';
    if (this.#format === 'plain') {
      (this.#first ??= this.#stream('', 1).reader).line(this.#ended(text, start, lf), found, sink);
      return;
    }
    const header = readCriHeader(text, start, lf, this.#format);
    if (header) this.#wrapped(text, header, lf, sink);
    else {
      found.criTime = null;
      found.stream = null;
      this.#stream('', 0).reader.line(this.#ended(text, start, lf), found, sink);
    }
  }

  #wrapped(text: ByteString, header: CriHeader, lf: number, sink: FoundSink): void {
    const found = this.#found;
    found.criTime = header.time;
    found.stream = header.stream;
    const {reader, fragments} = this.#stream(header.stream ?? '', 0);
    if (header.partial) {
      fragments.add(text.slice(header.start, lf), found);
      if (fragments.bytes > (fragments.isLong ? PIECE_BYTES : MAX_LINE_BYTES))
        fragments.givePiece(found, sink);
      return;
    }
    if (!fragments.isEmpty) {
      fragments.add(text.slice(header.start, lf), found);
      if (fragments.isLong) {
        fragments.givePiece(found, sink);
        fragments.end();
        return;
      }
      const line = fragments.take(found);
      if (line) reader.line(line, found, sink);
      return;
    }
    reader.line(this.#ended(text, header.start, lf), found, sink);
  }

  #stream(name: string, usualCrs: number): {reader: LineReader; fragments: Fragments} {
    return this.#readers.get(name) ?? this.#open(name, {usualCrs, files: []});
  }

  #open(name: string, known: Omit<StreamState, 'name'>): {reader: LineReader; fragments: Fragments} {
    const made = {reader: new LineReader(this.#shared, known), fragments: new Fragments()};
    this.#readers.set(name, made);
    return made;
  }

  /** How much of a line without an end may wait for it. */
  get #most(): number {
    return this.#long ? PIECE_BYTES : MAX_LINE_BYTES;
  }

  /** Whether messages are left alone: then nobody need know whether text is clean. */
  get fieldsOnly(): boolean {
    return this.#shared.fieldsOnly;
  }

  /** Whether a long line is being read, of which pieces were given. */
  get isLong(): boolean {
    return this.#long;
  }

  /** Gives the rest of a long line in pieces. */
  #longLine(text: ByteString, start: number, lf: number, sink: FoundSink): number {
    let at = start;
    while (lf - at > PIECE_BYTES) at = this.#piece(text, at, lf, sink);
    const end = Math.min(lf + 1, text.length);
    this.#give(text, at, this.#ended(text, at, lf).end, end, sink);
    this.#long = false;
    return end;
  }

  #piece(text: ByteString, start: number, limit: number, sink: FoundSink): number {
    let end = Math.min(start + PIECE_BYTES, limit);
    for (let back = 0; back < MAX_TAIL && (text.charCodeAt(end) & 0xc0) === 0x80; back++) end--;
    if (!this.#long) this.flush(sink);
    this.#long = true;
    this.#give(text, start, end, end, sink);
    return end;
  }

  #give(text: ByteString, start: number, end: number, rawEnd: number, sink: FoundSink): void {
    const found = this.#found;
    found.reset();
    found.raw = text;
    found.rawStart = start;
    found.rawEnd = rawEnd;
    found.message = text.slice(start, end);
    found.partial = true;
    sink(found);
  }

  /** A line without its CRs; the same object for every line. */
  #ended(text: ByteString, start: number, lf: number): PlainLine {
    let end = lf;
    while (end > start && text.charCodeAt(end - 1) === CR) end--;
    const line = this.#plain;
    if (line.text !== text) line.text = text;
    line.start = start;
    line.end = end;
    line.crs = lf - end;
    return line;
  }
}
