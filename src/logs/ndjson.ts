import type {ByteString} from './bytes.ts';
import {encodeUtf8, jsonOfBytes} from './bytes.ts';
import type {LogOrigin, LogSource} from './record.ts';
import {LOG_SOURCES} from './record.ts';
import type {FoundRecord} from './to-record.ts';

/** One JSON value for each record, without building the record: what is JSON already is copied. */
export class JsonLines {
  readonly #origin: string;
  readonly #keepRaw: boolean;
  readonly #middles: Record<LogSource, Middle>;
  readonly #ends = new Map<string, string>();
  #lastEnd = '';
  #lastFamily: FoundRecord['family'] | undefined;
  #lastLossless = false;

  constructor(origin: LogOrigin, keepRaw: boolean) {
    const {namespace, pod, container, node} = origin;
    // As in `LogRecord`, cut open: these keys stand in the middle.
    this.#origin = encodeUtf8(
      `,${JSON.stringify({namespace, pod, container, node}).slice(1, -1)},"logMonitor":{"major":`,
    );
    this.#keepRaw = keepRaw;
    // Every source is listed.
    this.#middles = Object.fromEntries(LOG_SOURCES.map(s => [s, new Middle(s)])) as Record<LogSource, Middle>;
  }

  /** The record as JSON in one line, without a line end. */
  json(found: FoundRecord): ByteString {
    const {time, message} = found;
    const head = time === null ? '{"time":null,' : `{"time":"${time}",`;
    const middle = this.#middles[found.source];
    const text = found.isJson ? `"${message}"` : jsonOfBytes(message);
    return `${head}${middle.before(found)}${found.eventId === null ? 'null' : String(found.eventId)}${middle.after(found)}${text}${this.#end(found)}`;
  }

  /** All after the message: the same for most records of a stream. */
  #end(found: FoundRecord): ByteString {
    const {data, family, lossless, partial} = found;
    if (data !== null || partial || this.#keepRaw) return this.#makeEnd(found);
    if (family !== this.#lastFamily || lossless !== this.#lastLossless || this.#lastEnd === '') {
      this.#lastFamily = family;
      this.#lastLossless = lossless;
      const key = `${family ?? ''}${lossless ? '+' : '-'}`;
      this.#lastEnd = this.#ends.get(key) ?? this.#makeEnd(found);
      this.#ends.set(key, this.#lastEnd);
    }
    return this.#lastEnd;
  }

  #makeEnd({data, family, lossless, partial, raw, rawStart, rawEnd}: FoundRecord): ByteString {
    const major = family === null ? 'null}' : `"${family}"}`;
    const kept = this.#keepRaw ? `,"raw":${jsonOfBytes(raw.slice(rawStart, rawEnd))}` : '';
    return `,"data":${data ?? '{}'}${this.#origin}${major}${kept},"lossless":${lossless ? 'true' : 'false'}${partial ? ',"partial":true}' : '}'}`;
  }
}

/** What stands before and after the event's id in the records of one source: neighbours mostly differ in none of it. */
class Middle {
  readonly #source: LogSource;
  #before = '';
  #after = '';
  #criTime: string | null = null;
  #stream: FoundRecord['stream'] = null;
  #level: FoundRecord['level'] = null;
  #provider: ByteString | null = null;
  #channel: ByteString | null = null;
  #file: ByteString | null = null;

  constructor(source: LogSource) {
    this.#source = source;
  }

  before({criTime, stream, level, provider, channel}: FoundRecord): ByteString {
    if (
      level !== this.#level ||
      criTime !== this.#criTime ||
      stream !== this.#stream ||
      provider !== this.#provider ||
      channel !== this.#channel ||
      this.#before === ''
    ) {
      this.#level = level;
      this.#criTime = criTime;
      this.#stream = stream;
      this.#provider = provider;
      this.#channel = channel;
      this.#before = `"criTime":${quoted(criTime)},"stream":${quoted(stream)},"source":"${this.#source}","level":${quoted(level)},"provider":${json(provider)},"channel":${json(channel)},"eventId":`;
    }
    return this.#before;
  }

  after({file}: FoundRecord): ByteString {
    if (file !== this.#file || this.#after === '') {
      this.#file = file;
      this.#after = `,"file":${json(file)},"message":`;
    }
    return this.#after;
  }
}

/** A word that needs no escaping, or null. */
function quoted(word: string | null): string {
  return word === null ? 'null' : `"${word}"`;
}

function json(bytes: ByteString | null): string {
  return bytes === null ? 'null' : jsonOfBytes(bytes);
}
