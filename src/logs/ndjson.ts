import type {ByteString} from './bytes.ts';
import {encodeUtf8, jsonOfBytes} from './bytes.ts';
import type {LogOrigin} from './record.ts';
import type {FoundRecord} from './to-record.ts';

/** One JSON value for each record, without building the record: what is JSON already is copied. */
export class JsonLines {
  readonly #origin: string;
  readonly #keepRaw: boolean;
  readonly #provider = new Remembered();
  readonly #channel = new Remembered();
  readonly #file = new Remembered();

  constructor(origin: LogOrigin, keepRaw: boolean) {
    const {namespace, pod, container, node} = origin;
    // As in `LogRecord`, cut open: these keys stand in the middle.
    this.#origin = encodeUtf8(
      `,${JSON.stringify({namespace, pod, container, node}).slice(1, -1)},"logMonitor":{"major":`,
    );
    this.#keepRaw = keepRaw;
  }

  /** The record as JSON in one line, without a line end. */
  json(found: FoundRecord): ByteString {
    const {time, criTime, stream, level, eventId, message, family, data} = found;
    const head =
      (time === null ? '{"time":null' : `{"time":"${time}"`) +
      (criTime === null ? ',"criTime":null' : `,"criTime":"${criTime}"`) +
      (stream === null ? ',"stream":null,"source":"' : `,"stream":"${stream}","source":"`) +
      found.source +
      (level === null ? '","level":null,"provider":' : `","level":"${level}","provider":`);
    const middle = `${this.#provider.json(found.provider)},"channel":${this.#channel.json(found.channel)},"eventId":${eventId === null ? 'null' : String(eventId)},"file":${this.#file.json(found.file)},"message":`;
    const text = found.isJson ? `"${message}"` : jsonOfBytes(message);
    const facts = data === null ? ',"data":{}' : `,"data":${encodeUtf8(JSON.stringify(data))}`;
    const raw = this.#keepRaw ? `,"raw":${jsonOfBytes(found.raw.slice(found.rawStart, found.rawEnd))}` : '';
    const end = found.lossless ? `,"lossless":true` : `,"lossless":false`;
    return `${head}${middle}${text}${facts}${this.#origin}${family === null ? 'null}' : `"${family}"}`}${raw}${end}${found.partial ? ',"partial":true}' : '}'}`;
  }
}

/** JSON of a value that is mostly the same as in the record before. */
class Remembered {
  #value: ByteString | null = null;
  #json = 'null';

  json(value: ByteString | null): string {
    if (value !== this.#value) {
      this.#value = value;
      this.#json = value === null ? 'null' : jsonOfBytes(value);
    }
    return this.#json;
  }
}
