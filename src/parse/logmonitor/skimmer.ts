import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {MAX_LINE_BYTES} from '../../logs/record.ts';
import type {Recognizer} from '../applog/recognize.ts';
import {ETW_END, ETW_HEAD, TID} from './etw-json.ts';
import type {Found, FoundSink} from './found.ts';
import {
  COMPACT_NAME,
  CUT_RECORD,
  EVENT,
  EVENT_END,
  FILE,
  MESSAGE,
  PROCESS,
  SCHEMA_END,
  SPACED_AT,
  SPACED_NAME,
} from './json.ts';
import type {Reading} from './reading.ts';
import {TIME_LENGTH, isDigit, isTimeAt, wholeNumber} from './shapes.ts';

const CR = 0x0d;
const SPACE = 0x20;
const LETTER_E = 0x45;
const LETTER_F = 0x46;
const LETTER_P = 0x50;
const BRACE = 0x7b;

/** Whole lines, as a string and as bytes. */
export interface SkimmedText {
  text: ByteString;
  bytes: Uint8Array;
  view: DataView;
  /** Whether `isCleanText` holds for it. */
  clean: boolean;
}

/** Reads what stands in JSON on a line, from its start to its end without CR and LF; false where it cannot tell at a glance. */
interface LineRead {
  read(lines: SkimmedText, start: number, end: number, found: Found): boolean;
}

/**
 * Takes the records that there are most of, whole ones in JSON on lines of their own, in one loop. What cannot be told at a glance
 * is left to who joins and parts lines.
 */
export class Skimmer {
  readonly #reading: Reading;
  readonly #lines: LineRead;

  constructor(reading: Reading, lines: LineRead) {
    this.#reading = reading;
    this.#lines = lines;
  }

  /** Gives the records of the lines from a place on, and says where the first line begins that it cannot tell, or that has no end. */
  skim(lines: SkimmedText, from: number, found: Found, sink: FoundSink): number {
    const {text, bytes} = lines;
    const reading = this.#reading;
    if (found.raw !== text) found.raw = text;
    let at = from;
    for (;;) {
      const lf = text.indexOf('\n', at);
      if (lf < 0 || bytes[at] !== BRACE || lf - at > MAX_LINE_BYTES) return at;
      const crs = bytes[lf - 1] === CR ? 1 : 0;
      // Inner lines of records end in more of them.
      if (crs > 0 && bytes[lf - 2] === CR) return at;
      if (!this.#lines.read(lines, at, lf - crs, found)) return at;
      if (found.source !== 'Process') reading.usualCrs = crs;
      found.rawStart = at;
      found.rawEnd = lf + 1;
      sink(found);
      at = lf + 1;
    }
  }
}

/**
 * Reads what filters ask for and nothing else: messages are not even cut out. It knows stretches of earlier records again, by
 * their bytes, and finds what the readers of those shapes would.
 */
export class FieldsOfLines implements LineRead {
  readonly #reading: Reading;
  readonly #recognizer: Recognizer | undefined;

  /** `recognizer`: where levels of applications' lines are asked for. */
  constructor(reading: Reading, recognizer: Recognizer | undefined) {
    this.#reading = reading;
    this.#recognizer = recognizer;
  }

  read(lines: SkimmedText, start: number, end: number, found: Found): boolean {
    const {bytes} = lines;
    // As `readJson` tells them apart.
    if (bytes[start + SPACED_AT] === SPACE) {
      const letter = bytes[start + SPACED_NAME];
      if (letter === LETTER_F) return this.#file(lines, start, end, found);
      return letter === LETTER_E && this.#event(lines, start, end, found);
    }
    const letter = bytes[start + COMPACT_NAME];
    if (letter === LETTER_P) return this.#process(lines, start, end, found);
    return letter === LETTER_E && this.#etw(lines, start, end, found);
  }

  #file({text, view}: SkimmedText, start: number, end: number, found: Found): boolean {
    const {files, evidence} = this.#reading;
    const {ending, name} = files;
    if (!ending) return false;
    const from = start + FILE.length;
    const nameAt = end - ending.length;
    if (nameAt < from || !FILE.isIn(view, start) || !ending.isIn(view, nameAt)) return false;
    const level = this.#level(text, from, nameAt, name);
    if (level === undefined) return false;
    evidence.atLeast('2.1');
    found.setFields('File', level, name);
    return true;
  }

  #process({text, view}: SkimmedText, start: number, end: number, found: Found): boolean {
    const from = start + PROCESS.length;
    const to = end - SCHEMA_END.length;
    if (to < from || end - start >= CUT_RECORD) return false;
    if (!PROCESS.isIn(view, start) || !SCHEMA_END.isIn(view, to)) return false;
    const level = this.#level(text, from, to, null);
    if (level === undefined) return false;
    this.#reading.evidence.atLeast('2.0');
    found.setFields('Process', level, null);
    return true;
  }

  #level(
    text: ByteString,
    from: number,
    quote: number,
    file: ByteString | null,
  ): LogLevel | null | undefined {
    return this.#recognizer ? this.#recognizer.levelBefore(text, from, quote, file) : null;
  }

  #event({text, bytes, view}: SkimmedText, start: number, end: number, found: Found): boolean {
    const {events, evidence} = this.#reading;
    const messageEnd = end - EVENT_END.length;
    if (!EVENT.isIn(view, start) || !EVENT_END.isIn(view, messageEnd)) return false;
    const before = events.before.known(view, start + EVENT.length);
    if (!before) return false;
    const time = start + EVENT.length + before.text.length;
    const after = events.after.known(view, time + TIME_LENGTH);
    if (!after || !isTimeAt(text, time)) return false;
    const id = time + TIME_LENGTH + after.text.length;
    const idEnd = pastDigits(bytes, id);
    if (!MESSAGE.isIn(view, idEnd) || idEnd + MESSAGE.length > messageEnd) return false;
    evidence.atLeast(before.value === null ? '2.0' : '2.1');
    found.setFields('EventLog', after.value.level, null);
    found.provider = before.value;
    found.channel = after.value.channel;
    found.eventId = wholeNumber(text, id, idEnd);
    return true;
  }

  #etw({bytes, view}: SkimmedText, start: number, end: number, found: Found): boolean {
    const {etw, evidence} = this.#reading;
    if (!ETW_HEAD.isIn(view, start) || !ETW_END.isIn(view, end - ETW_END.length)) return false;
    const afterTime = start + ETW_HEAD.length + TIME_LENGTH;
    const provider = etw.provider.known(view, afterTime);
    if (!provider) return false;
    const pidEnd = pastDigits(bytes, afterTime + provider.text.length);
    if (!TID.isIn(view, pidEnd)) return false;
    const tidEnd = pastDigits(bytes, pidEnd + TID.length);
    const kind = etw.kind.known(view, tidEnd);
    if (!kind || tidEnd + kind.text.length > end) return false;
    evidence.atLeast('2.0');
    found.setFields('ETW', kind.value.level, null);
    found.provider = provider.value.provider;
    found.eventId = kind.value.eventId;
    return true;
  }
}

function pastDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at++;
  return at;
}
