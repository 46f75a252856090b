import type {Edit} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {MarkIndex} from '../find.ts';
import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import {isPlaceholder} from '../values.ts';
import type {Context, Place} from './context.ts';

/** An object or a list that was begun. */
interface Frame {
  readonly list: boolean;
  /** The key whose value comes, or came. */
  key: string;
  /** What a pair calls its value. */
  label?: string;
  /** The last text of a list. */
  previous?: string;
  /** `kind` of a Kubernetes object. */
  kind?: string;
  /** The value of a pair whose name has not come yet. */
  value?: Span;
  /** Texts below `data` and `stringData`, for an object that turns out to be a Secret. */
  data: Span[];
}

interface Span {
  start: number;
  end: number;
  text: string;
}

const LABEL = /^(?:name|key|Name|Key)$/;
const DATA = /^(?:data|stringData|binaryData)$/;
const SCALAR_END = /[\s,\]}]/g;
const QUOTE = 0x22;

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
    this.#frames.push({list, key: '', data: []});
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
    if (frame.data.length === 0) return;
    if (frame.kind === 'Secret') for (const span of frame.data) this.#mask(span, 'secret-object');
    else if (frame.kind === undefined) this.#frames.at(-1)?.data.push(...frame.data);
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
    const raw = this.#text.slice(start + 1, end);
    if (frame && !frame.list && this.#isKey()) {
      frame.key = unescape(raw);
      return;
    }
    const value = unescape(raw);
    const closed = this.#at <= this.#text.length;
    const span = {start, end: Math.min(this.#at, this.#text.length), text: value};
    if (frame && !frame.list) this.#note(frame, span);
    const {text, placed} = this.#context;
    // An escape may hide a mark; most texts have neither.
    const look = this.#marks.isIn(start, span.end) || /\\[u/]/.test(raw) ? text : placed;
    const redacted = look(value, this.#place(frame));
    if (frame?.list === true) frame.previous = value;
    if (redacted !== value) {
      const quoted = JSON.stringify(redacted);
      this.#edits.set(start, {start, end: span.end, by: closed ? quoted : quoted.slice(0, -1), rule: ''});
    }
  }

  /** Whether a colon follows: the text that was just read is a key. */
  #isKey(): boolean {
    let at = this.#at;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    return this.#text[at] === ':';
  }

  #place(frame: Frame | undefined): Place {
    const outer = frame?.list === true ? this.#frames.at(-2)?.key : undefined;
    return {
      path: [outer ?? '', frame?.key ?? ''].filter(key => key !== ''),
      label: frame?.label,
      previous: frame?.list === true ? frame.previous : undefined,
    };
  }

  #note(frame: Frame, span: Span): void {
    if (LABEL.test(frame.key)) frame.label ??= span.text;
    else if (frame.key === 'value' || frame.key === 'Value') frame.value = span;
    if (frame.key === 'kind') frame.kind = span.text;
    const holder = this.#frames.at(-2);
    if (holder && !holder.list && DATA.test(holder.key)) holder.data.push(span);
  }

  #number(): void {
    const start = this.#at;
    SCALAR_END.lastIndex = start;
    this.#at = SCALAR_END.exec(this.#text)?.index ?? this.#text.length;
    const frame = this.#frames.at(-1);
    const text = this.#text.slice(start, this.#at);
    if (frame && !frame.list && /pass|pwd|psk/i.test(frame.key) && isSecretSetting(frame.key, text))
      this.#mask({start, end: this.#at, text}, 'setting');
  }
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
