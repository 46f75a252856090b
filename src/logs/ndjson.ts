import type {ByteString} from './bytes.ts';
import {encodeUtf8, jsonOfBytes} from './bytes.ts';
import type {PieceWriter} from './pieces.ts';
import {Block, TextPieces} from './pieces.ts';
import type {LogOrigin, LogSource} from './record.ts';
import type {FoundRecord} from './to-record.ts';

const TIME = new Block('{"time":"');
const DATA = new Block('","data":');

/**
 * One JSON value for each record, without building the record: what is JSON already is copied. What is alike from record to record
 * is kept ready, and in as few pieces as can be: a piece costs as much as copying its bytes.
 */
export class JsonLines {
  readonly #origin: string;
  readonly #keepRaw: boolean;
  readonly #heads: Readonly<Record<LogSource, Heads>>;
  readonly #end: string;
  readonly #ends = new Map<string, End>();
  readonly #text = new TextPieces();
  #lastEnd: End | undefined;
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
    this.#heads = {
      EventLog: new Heads('EventLog'),
      File: new Heads('File'),
      ETW: new Heads('ETW'),
      Process: new Heads('Process'),
      Monitor: new Heads('Monitor'),
      Raw: new Heads('Raw'),
    };
  }

  /** The record as JSON in one line. */
  json(found: FoundRecord): ByteString {
    this.write(found, this.#text);
    return this.#text.take();
  }

  /** Writes that line in pieces. */
  write(found: FoundRecord, out: PieceWriter): void {
    const {criTime, eventId, stamp, timeAt} = found;
    const head = this.#headsOf(found.source).of(found);
    const hasTime = stamp > 0 || timeAt >= 0 || found.time !== null;
    if (hasTime) {
      out.block(TIME);
      out.time(found);
    }
    if (criTime === null) out.block(hasTime ? head.afterTime : head.withoutTime);
    else {
      out.put(`${hasTime ? '",' : '{"time":null,'}"criTime":"${criTime}",`);
      out.block(head.afterCriTime);
    }
    if (eventId !== null) {
      out.put(String(eventId));
      out.block(head.afterId);
    }
    if (found.isJson) out.message(found);
    else out.put(jsonOfBytes(found.message).slice(1, -1));
    this.#writeEnd(found, out);
  }

  /** Comparing a few words takes less than looking them up. */
  #headsOf(source: LogSource): Heads {
    const {File, Process, EventLog, ETW, Monitor, Raw} = this.#heads;
    if (source === 'File') return File;
    if (source === 'Process') return Process;
    if (source === 'EventLog') return EventLog;
    if (source === 'ETW') return ETW;
    return source === 'Monitor' ? Monitor : Raw;
  }

  /** All after the message: but for the data, the same for most records of a stream. */
  #writeEnd(found: FoundRecord, out: PieceWriter): void {
    const {data} = found;
    if (found.partial || this.#keepRaw) {
      out.put(`","data":${data ?? '{}'}${this.#makeEnd(found)}`);
      return;
    }
    const end = this.#commonEnd(found);
    if (data === null) out.block(end.withoutData);
    else {
      out.block(DATA);
      out.put(data);
      out.block(end.afterData);
    }
  }

  #commonEnd(found: FoundRecord): End {
    const {family, lossless} = found;
    if (this.#lastEnd && family === this.#lastFamily && lossless === this.#lastLossless) return this.#lastEnd;
    const key = `${family ?? ''}${lossless ? '+' : '-'}`;
    const end = this.#ends.get(key) ?? new End(this.#makeEnd(found));
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

/** What stands after a message. */
class End {
  readonly withoutData: Block;
  readonly afterData: Block;

  constructor(text: ByteString) {
    this.withoutData = new Block(`","data":{}${text}`);
    this.afterData = new Block(text);
  }
}

/** So many beginnings of records of one source are kept ready: levels, channels, providers and files of a stream are few. */
const KEPT = 16;

/** What stands before the messages of one source's records: neighbours mostly differ in none of it. */
class Heads {
  readonly #source: LogSource;
  readonly #kept: Head[] = [];
  #next = 0;
  #last: Head | undefined;

  constructor(source: LogSource) {
    this.#source = source;
  }

  of(found: FoundRecord): Head {
    if (this.#last?.fits(found)) return this.#last;
    this.#last = this.#kept.find(kept => kept.fits(found)) ?? this.#make(found);
    return this.#last;
  }

  #make(found: FoundRecord): Head {
    const made = new Head(found, this.#source);
    this.#kept[this.#next] = made;
    this.#next = (this.#next + 1) % KEPT;
    return made;
  }
}

/** What stands around the times and the event's id of some records, up to the content of their messages. */
class Head {
  readonly withoutTime: Block;
  readonly afterTime: Block;
  readonly afterCriTime: Block;
  /** Where they have an id, the others end before it. */
  readonly afterId: Block;
  readonly #hasId: boolean;
  readonly #stream: FoundRecord['stream'];
  readonly #level: FoundRecord['level'];
  readonly #provider: ByteString | null;
  readonly #channel: ByteString | null;
  readonly #file: ByteString | null;

  constructor({stream, level, provider, channel, eventId, file}: FoundRecord, source: LogSource) {
    this.#hasId = eventId !== null;
    this.#stream = stream;
    this.#level = level;
    this.#provider = provider;
    this.#channel = channel;
    this.#file = file;
    const last = `,"file":${json(file)},"message":"`;
    const text = `"stream":${quoted(stream)},"source":"${source}","level":${quoted(level)},"provider":${json(provider)},"channel":${json(channel)},"eventId":${this.#hasId ? '' : `null${last}`}`;
    this.withoutTime = new Block(`{"time":null,"criTime":null,${text}`);
    this.afterTime = new Block(`","criTime":null,${text}`);
    this.afterCriTime = new Block(text);
    this.afterId = new Block(last);
  }

  fits({stream, level, provider, channel, eventId, file}: FoundRecord): boolean {
    return (
      level === this.#level &&
      stream === this.#stream &&
      file === this.#file &&
      provider === this.#provider &&
      channel === this.#channel &&
      (eventId !== null) === this.#hasId
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
