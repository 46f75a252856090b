import type {ByteString} from '../../logs/bytes.ts';
import type {Found} from './found.ts';
import {inferLayout} from './infer.ts';
import type {Layout} from './layout.ts';
import {defaultLayout, layoutText, readByLayout} from './layout.ts';
import type {Reading} from './reading.ts';
import {TIME_LENGTH, isTimeAt} from './shapes.ts';

/** A stream has one layout for each kind of source; more are somebody's text that looks alike. */
const MAX_LAYOUTS = 8;
/** Where LogMonitor's time must begin for a line to be of a layout that nobody gave. */
const HEAD = 160;
/** `|JSON` in 2.2 escapes the whole line and leaves the marks of quotes. */
const BROKEN_QUOTE = String.raw`~\"`;

/** The layouts of a stream in the Custom format: given, default, or inferred from its lines. */
export class Layouts {
  readonly #known: Layout[];
  readonly #given: boolean;

  /** `known`: what was given or inferred when the stream was read up to here. */
  constructor(given: readonly Layout[] = [], known: readonly Layout[] = given) {
    this.#known = [...known];
    this.#given = given.length > 0;
  }

  /** The layouts that lines have been found in, or that were given. */
  get known(): readonly Layout[] {
    return this.#known;
  }

  /** Reads a line of the Custom format; false where it is of none that is known or can be inferred. */
  read(found: Found, text: ByteString, reading: Reading): boolean {
    const {start, end} = reading;
    if (!this.#given && !mayBeCustom(text, start, end)) return false;
    const line = text.slice(start, end);
    if (line.startsWith(`{${BROKEN_QUOTE}`)) return this.#readBroken(found, line, reading);
    return this.#readLine(found, line, reading);
  }

  #readBroken(found: Found, line: ByteString, reading: Reading): boolean {
    if (!this.#readLine(found, line.replaceAll(BROKEN_QUOTE, '"'), reading)) return false;
    reading.evidence.atLeast('2.2');
    found.family = reading.evidence.family;
    return true;
  }

  #readLine(found: Found, line: ByteString, reading: Reading): boolean {
    const usual = sourceInBrackets(line);
    if (usual && readByLayout(found, line, usual, reading)) return true;
    for (const layout of this.#known) {
      if (readByLayout(found, line, layout, reading)) return true;
      found.reset();
    }
    const inferred = inferLayout(line);
    if (!inferred || !readByLayout(found, line, inferred, reading)) {
      found.reset();
      return false;
    }
    this.#remember(inferred);
    return true;
  }

  #remember(layout: Layout): void {
    const text = layoutText(layout);
    if (this.#known.length < MAX_LAYOUTS && this.#known.every(k => layoutText(k) !== text))
      this.#known.push(layout);
  }
}

function mayBeCustom(text: ByteString, start: number, end: number): boolean {
  const at = text.slice(start, Math.min(end, start + HEAD)).indexOf('.000Z');
  return at >= 0 && isTimeAt(text, start + at - (TIME_LENGTH - 5));
}

/** The default layout that a line in brackets is of, by its source. */
function sourceInBrackets(line: ByteString): Layout | undefined {
  const from = TIME_LENGTH + 2;
  if (!isTimeAt(line, 1) || !line.startsWith(' [', from)) return undefined;
  const source = line.slice(from + 2, line.indexOf(']', from));
  return source === 'EventLog' || source === 'File' || source === 'ETW' || source === 'Process'
    ? defaultLayout(source)
    : undefined;
}
