import type {ByteString} from './bytes.ts';
import {encodeUtf8, jsonOfBytes} from './bytes.ts';
import type {PieceWriter} from './pieces.ts';
import {Block, TextPieces} from './pieces.ts';
import type {LogOrigin, LogSource} from './record.ts';
import {LOG_SOURCES} from './record.ts';
import type {FoundRecord} from './to-record.ts';

const NO_TIME = new Block('{"time":null,');
const TIME = '{"time":"';

/** One JSON value for each record, without building the record: what is JSON already is copied. */
export class JsonLines {
  readonly #origin: string;
  readonly #keepRaw: boolean;
  readonly #middles: ReadonlyMap<LogSource, Middle>;
  readonly #end: string;
  readonly #ends = new Map<string, Block>();
  readonly #text = new TextPieces();
  #lastEnd: Block | undefined;
  #lastFamily: FoundRecord['family'] = null;
  #lastLossless = false;

  /** `end` stands after each value. */
  constructor(origin: LogOrigin, keepRaw: boolean, end = '') {
    const {namespace, pod, container, node} = origin;
    // As in `LogRecord`, cut open: these keys stand in the middle.
    this.#origin = encodeUtf8(
      `,${JSON.stringify({namespace, pod, container, node}).slice(1, -1)},"logMonitor":{"major":`,
    );
    this.#keepRaw = keepRaw;
    this.#end = end;
    this.#middles = new Map(LOG_SOURCES.map(source => [source, new Middle(source)]));
  }

  /** The record as JSON in one line. */
  json(found: FoundRecord): ByteString {
    this.write(found, this.#text);
    return this.#text.take();
  }

  /** Writes that line in pieces. */
  write(found: FoundRecord, out: PieceWriter): void {
    const {criTime, eventId} = found;
    // Every source has one.
    const middle = this.#middles.get(found.source) as Middle;
    if (found.stamp === 0 && found.time === null) out.block(NO_TIME);
    else {
      out.put(TIME);
      out.time(found);
      out.put('",');
    }
    const before = middle.before(found);
    if (criTime === null) out.block(before.withoutCriTime);
    else {
      out.put(`"criTime":"${criTime}",`);
      out.block(before.afterCriTime);
    }
    out.put(eventId === null ? 'null' : String(eventId));
    out.block(middle.after(found));
    if (found.isJson) {
      out.put('"');
      out.message(found);
      out.put('",');
    } else {
      out.put(jsonOfBytes(found.message));
      out.put(',');
    }
    this.#writeEnd(found, out);
  }

  /** All after the message: but for the data, the same for most records of a stream. */
  #writeEnd(found: FoundRecord, out: PieceWriter): void {
    out.put('"data":');
    out.put(found.data ?? '{}');
    if (found.partial || this.#keepRaw) out.put(this.#makeEnd(found));
    else out.block(this.#commonEnd(found));
  }

  #commonEnd(found: FoundRecord): Block {
    const {family, lossless} = found;
    if (this.#lastEnd && family === this.#lastFamily && lossless === this.#lastLossless) return this.#lastEnd;
    const key = `${family ?? ''}${lossless ? '+' : '-'}`;
    const end = this.#ends.get(key) ?? new Block(this.#makeEnd(found));
    this.#ends.set(key, end);
    this.#lastEnd = end;
    this.#lastFamily = family;
    this.#lastLossless = lossless;
    return end;
  }

  #makeEnd({family, lossless, partial, raw, rawStart, rawEnd}: FoundRecord): ByteString {
    const major = family === null ? 'null}' : `"${family}"}`;
    const kept = this.#keepRaw ? `,"raw":${jsonOfBytes(raw.slice(rawStart, rawEnd))}` : '';
    return `${this.#origin}${major}${kept},"lossless":${lossless ? 'true' : 'false'}${partial ? ',"partial":true}' : '}'}${this.#end}`;
  }
}

/** So many beginnings of records of one source are kept ready: levels, channels and providers of a stream are few. */
const KEPT = 16;

/** What stands before and after the event's id in the records of one source: neighbours mostly differ in none of it. */
class Middle {
  readonly #source: LogSource;
  readonly #kept: Before[] = [];
  #next = 0;
  #last: Before | undefined;
  #after: Block | undefined;
  #file: ByteString | null = null;

  constructor(source: LogSource) {
    this.#source = source;
  }

  before(found: FoundRecord): Before {
    if (this.#last?.fits(found)) return this.#last;
    this.#last = this.#kept.find(kept => kept.fits(found)) ?? this.#make(found);
    return this.#last;
  }

  after({file}: FoundRecord): Block {
    if (file === this.#file && this.#after) return this.#after;
    this.#file = file;
    this.#after = new Block(`,"file":${json(file)},"message":`);
    return this.#after;
  }

  #make(found: FoundRecord): Before {
    const made = new Before(found, this.#source);
    this.#kept[this.#next] = made;
    this.#next = (this.#next + 1) % KEPT;
    return made;
  }
}

/** What stands before the event's id of some records, the times aside. */
class Before {
  readonly withoutCriTime: Block;
  readonly afterCriTime: Block;
  readonly #stream: FoundRecord['stream'];
  readonly #level: FoundRecord['level'];
  readonly #provider: ByteString | null;
  readonly #channel: ByteString | null;

  constructor({stream, level, provider, channel}: FoundRecord, source: LogSource) {
    this.#stream = stream;
    this.#level = level;
    this.#provider = provider;
    this.#channel = channel;
    const text = `"stream":${quoted(stream)},"source":"${source}","level":${quoted(level)},"provider":${json(provider)},"channel":${json(channel)},"eventId":`;
    this.withoutCriTime = new Block(`"criTime":null,${text}`);
    this.afterCriTime = new Block(text);
  }

  fits({stream, level, provider, channel}: FoundRecord): boolean {
    return (
      level === this.#level &&
      stream === this.#stream &&
      provider === this.#provider &&
      channel === this.#channel
    );
  }
}

/** A word that needs no escaping, or null. */
function quoted(word: string | null): string {
  return word === null ? 'null' : `"${word}"`;
}

function json(bytes: ByteString | null): string {
  return bytes === null ? 'null' : jsonOfBytes(bytes);
}
