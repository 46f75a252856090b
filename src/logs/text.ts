import type {Paint, Palette} from '../report/palette.ts';
import {visible} from '../report/visible.ts';
import type {ByteString} from './bytes.ts';
import {decodeUtf8, encodeUtf8} from './bytes.ts';
import type {LogLevel, LogOrigin} from './record.ts';
import type {FoundRecord} from './to-record.ts';
import {messageText} from './to-record.ts';

/** How lines are drawn. */
export interface TextOptions {
  palette: Palette;
  /** Writes a time as it is to be shown; absent: no times. */
  stamp?: (time: string) => string;
  /** Stands before each line, painted already; empty for none. */
  prefix: string;
  highlight: readonly RegExp[];
}

/** Columns of the longest level. */
const LEVEL_WIDTH = 5;
const SHORT: Record<LogLevel, string> = {
  Critical: 'CRIT',
  Error: 'ERROR',
  Warning: 'WARN',
  Information: 'INFO',
  Verbose: 'VERB',
};
const INDENT = '    ';
const asIs: Paint = text => text;
const TAB = /\t/g;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** Draws records as lines for people. Nothing in a message acts on the terminal; further lines of a message are indented. */
export class TextLines {
  readonly #options: TextOptions;
  readonly #paintOf: Record<LogLevel, Paint>;
  readonly #prefix: ByteString;
  /** Whether nothing in a message is marked. */
  readonly #isPlain: boolean;

  constructor(options: TextOptions) {
    this.#options = options;
    this.#prefix = encodeUtf8(options.prefix);
    this.#isPlain = options.highlight.length === 0;
    const {error, warning, dim} = options.palette;
    this.#paintOf = {Critical: error, Error: error, Warning: warning, Information: asIs, Verbose: dim};
  }

  /** The record with its line ends, as UTF-8 bytes. */
  line(found: FoundRecord): ByteString {
    const {palette, stamp, prefix} = this.#options;
    const time = found.criTime ?? found.time;
    const shown = stamp ? `${palette.dim(time === null ? '-' : stamp(time))} ` : '';
    const head = found.source === 'Raw' ? '' : this.#head(found);
    const {message, isJson} = found;
    // Most messages are shown as they are: one look says so.
    if (this.#isPlain && PRINTABLE.test(message) && !(isJson && message.includes('\\')))
      return `${this.#prefix}${encodeUtf8(`${shown}${head}`)}${message}\n`;
    const [first = '', ...rest] = messageText(found).split(/\r*\n/);
    const lines = [`${prefix}${shown}${head}${this.#message(first)}`];
    for (const line of rest) lines.push(`${prefix}${INDENT}${this.#message(line)}`);
    return encodeUtf8(`${lines.join('\n')}\n`);
  }

  /** Level, source, and which event or file. */
  #head({level, source, channel, provider, eventId, file}: FoundRecord): string {
    const {palette} = this.#options;
    const word =
      level === null ? ' '.repeat(LEVEL_WIDTH) : this.#paintOf[level](SHORT[level].padEnd(LEVEL_WIDTH));
    const names = [
      source === 'EventLog' ? channel : source,
      provider,
      eventId === null ? null : String(eventId),
      file,
    ];
    const which = names
      .filter(name => name !== null && name !== '')
      .map(name => visible(decodeUtf8(name ?? '')));
    return `${word} ${palette.dim(`${which.join(' ')}:`)} `;
  }

  #message(text: string): string {
    // A tab moves and does nothing else: stack traces are full of them.
    const safe = visible(text.replaceAll(TAB, INDENT));
    let shown = safe;
    for (const pattern of this.#options.highlight) {
      shown = shown.replaceAll(pattern, found => (found === '' ? '' : this.#options.palette.strong(found)));
    }
    return shown;
  }
}

/** What stands before each line of a pod: as kubectl's `--prefix` has it. */
export function prefixOf({namespace, pod, container}: LogOrigin, withNamespace: boolean): string {
  if (pod === null) return '';
  const name = withNamespace && namespace !== null ? `${namespace}/${pod}` : pod;
  return `[pod/${visible(name)}/${visible(container ?? '')}] `;
}
