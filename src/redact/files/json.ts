import type {Edit} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {MarkIndex} from '../find.ts';
import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import {isPlaceholder} from '../values.ts';
import type {Context, Place} from './context.ts';
import type {KeyFacts} from './keys.ts';
import {factsOf} from './keys.ts';

/** An object or a list that was begun. */
interface Frame {
  readonly list: boolean;
  /** Whether its texts are the values of a Secret, if what is around it turns out to be one. */
  readonly isData: boolean;
  /** The key whose value comes, or came; of a list its own. */
  key: string;
  facts: KeyFacts;
  /** What a pair calls its value. */
  label?: string;
  /** The last text of a list, where it may be a flag. */
  previous?: string;
  /** `kind` of a Kubernetes object. */
  kind?: string;
  /** The value of a pair whose name has not come yet. */
  value?: Span;
  /** Texts below `data` and `stringData`, for an object that turns out to be a Secret. */
  data?: Span[];
}

interface Span {
  start: number;
  end: number;
  text: string;
}

const SCALAR_END = /[\s,\]}]/g;
const QUOTE = 0x22;
const HYPHEN = 0x2d;
/** An escape may hide a mark. */
const HIDING = /\\[u/]/;
const NOTHING: KeyFacts = factsOf('');

/**
 * Redacts JSON, one value or many, whole or cut, and leaves every other byte as it stands: spaces, numbers of any size, order.
 */
export function redactJson(text: string, context: Context): string {
  return new JsonRedactor(text, context).run();
}

class JsonRedactor {
  readonly #text: string;
  readonly #context: Context;
  readonly #marks: MarkIndex;
  /** By where they start: what is known later of a value stands. */
  readonly #edits = new Map<number, Edit>();
  readonly #frames: Frame[] = [];
  #at = 0;
  /** Where the next backslash stands. */
  #escape = -1;

  constructor(text: string, context: Context) {
    this.#text = text;
    this.#context = context;
    this.#marks = new MarkIndex(text);
  }

  run(): string {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === QUOTE) this.#string();
      else if (code === 0x7b || code === 0x5b) this.#open(code === 0x5b);
      else if (code === 0x7d || code === 0x5d) this.#close();
      else if (code >= 0x2d && code <= 0x39) this.#number();
      else this.#at++;
    }
    while (this.#frames.length > 0) this.#finish(this.#frames.pop());
    const edits = [...this.#edits.values()].sort((a, b) => a.start - b.start);
    return applyEdits(text, edits, new Map());
  }

  #open(list: boolean): void {
    const holder = this.#frames.at(-1);
    const isData = holder !== undefined && !holder.list && holder.facts.holdsData;
    // What stands in a list goes by the name of the list.
    const key = list && holder && !holder.list ? holder.key : '';
    const facts = list && holder && !holder.list ? holder.facts : NOTHING;
    this.#frames.push({list, isData: isData && !list, key, facts});
    this.#at++;
  }

  #close(): void {
    this.#finish(this.#frames.pop());
    this.#at++;
  }

  /** What only the whole of an object tells. */
  #finish(frame: Frame | undefined): void {
    if (!frame) return;
    if (frame.value && frame.label !== undefined && isSecretSetting(frame.label, frame.value.text))
      this.#mask(frame.value, 'setting');
    if (!frame.data) return;
    if (frame.kind === 'Secret') for (const span of frame.data) this.#mask(span, 'secret-object');
    else if (frame.kind === undefined) this.#keep(this.#frames.at(-1), frame.data);
  }

  #keep(frame: Frame | undefined, spans: readonly Span[]): void {
    if (!frame) return;
    frame.data ??= [];
    for (const span of spans) frame.data.push(span);
  }

  #mask({start, end, text}: Span, rule: string): void {
    if (isPlaceholder(text)) return;
    const by = `"${MASK}"`;
    if (this.#edits.get(start)?.by === by) return;
    this.#edits.set(start, {start, end, by, rule});
    count(this.#context.counts, rule);
  }

  #string(): void {
    const start = this.#at;
    const end = closingQuote(this.#text, start + 1);
    this.#at = end + 1;
    const frame = this.#frames.at(-1);
    if (frame && !frame.list && this.#isKey()) {
      frame.key = unescape(this.#text.slice(start + 1, end));
      frame.facts = factsOf(frame.key);
      return;
    }
    const stop = Math.min(this.#at, this.#text.length);
    const isMarked = this.#marks.isIn(start, stop);
    const isEscaped = this.#isEscaped(start, stop);
    // Most texts hold nothing and stand nowhere of note.
    if (!isMarked && !isEscaped && frame && this.#saysNothing(frame, start)) return;
    const raw = this.#text.slice(start + 1, end);
    const value = unescape(raw);
    const closed = this.#at <= this.#text.length;
    const span = {start, end: stop, text: value};
    if (frame && !frame.list) {
      this.#note(frame, span);
      if (!isMarked && !isEscaped && !frame.facts.speaks) return;
    }
    const {text, placed} = this.#context;
    const look = isMarked || (isEscaped && HIDING.test(raw)) ? text : placed;
    const redacted = look(value, placeIn(frame));
    if (frame?.list === true) frame.previous = value;
    if (redacted !== value) {
      const quoted = JSON.stringify(redacted);
      this.#edits.set(start, {start, end: span.end, by: closed ? quoted : quoted.slice(0, -1), rule: ''});
    }
  }

  /** Whether what is written at a place is judged neither by its names nor by what stands beside it, now or later. */
  #saysNothing(frame: Frame, start: number): boolean {
    const {facts, list, isData} = frame;
    if (facts.speaks || isData) return false;
    if (list) return frame.previous === undefined && this.#text.charCodeAt(start + 1) !== HYPHEN;
    return !(facts.labels || facts.isValue || facts.isKind);
  }

  #isEscaped(start: number, end: number): boolean {
    if (this.#escape < start) {
      const next = this.#text.indexOf('\\', start);
      this.#escape = next === -1 ? Infinity : next;
    }
    return this.#escape < end;
  }

  /** Whether a colon follows: the text that was just read is a key. */
  #isKey(): boolean {
    let at = this.#at;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    return this.#text[at] === ':';
  }

  #note(frame: Frame, span: Span): void {
    if (frame.facts.labels) frame.label ??= span.text;
    else if (frame.facts.isValue) frame.value = span;
    if (frame.facts.isKind) frame.kind = span.text;
    if (frame.isData) this.#keep(this.#frames.at(-2), [span]);
  }

  #number(): void {
    const start = this.#at;
    SCALAR_END.lastIndex = start;
    this.#at = SCALAR_END.exec(this.#text)?.index ?? this.#text.length;
    const frame = this.#frames.at(-1);
    const text = this.#text.slice(start, this.#at);
    if (
      frame?.facts.speaks === true &&
      !frame.list &&
      /pass|pwd|psk/i.test(frame.key) &&
      isSecretSetting(frame.key, text)
    )
      this.#mask({start, end: this.#at, text}, 'setting');
  }
}

function placeIn(frame: Frame | undefined): Place {
  const key = frame?.key ?? '';
  return {path: key === '' ? [] : [key], label: frame?.label, previous: frame?.previous};
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text.charCodeAt(at - slashes - 1) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The text of a string; one that is not quite JSON stands for itself. */
function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    return typeof text === 'string' ? text : raw;
  } catch {
    return raw;
  }
}
