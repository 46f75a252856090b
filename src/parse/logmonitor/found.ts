import type {ByteString} from '../../logs/bytes.ts';
import {stampTime} from '../applog/stamp.ts';
import {TIME_LENGTH} from './shapes.ts';
import type {LogFamily, LogLevel, LogSource} from '../../logs/record.ts';

/**
 * What a scanner found in a stream: a record whose texts are still bytes. One object is used again for every record, so
 * whoever keeps something of it copies it first.
 */
export class Found {
  /** Bytes of the record as they came, its line end and headers of the container runtime included: `raw.slice(rawStart, rawEnd)`. */
  raw: ByteString = '';
  rawStart = 0;
  rawEnd = 0;
  source: LogSource = 'Raw';
  /** Where the time ends that `message` begins with (`stampEnd`); 0 where it shows none. It is written anew only when somebody asks. */
  stamp = 0;
  /** Where LogMonitor's time stands in the text that is read, which is `raw` unless lines were joined; else -1. */
  timeAt = -1;
  #timeIn: ByteString = '';
  #time: string | null = null;
  criTime: string | null = null;
  stream: 'stdout' | 'stderr' | null = null;
  level: LogLevel | null = null;
  provider: ByteString | null = null;
  channel: ByteString | null = null;
  eventId: number | null = null;
  file: ByteString | null = null;
  message: ByteString = '';
  /** Where `message` stands in the text that is read, where that text is `raw`; else -1. */
  messageAt = -1;
  /** Whether `message` is valid JSON string content, escapes included, that decodes to the text. */
  isJson = false;
  /** The record's data as the JSON text of an object, in UTF-8; null where it has none. */
  data: ByteString | null = null;
  family: LogFamily | null = null;
  lossless = true;
  partial = false;

  /** RFC 3339. */
  get time(): string | null {
    if (this.stamp > 0) return stampTime(this.message, this.stamp);
    return this.timeAt < 0 ? this.#time : this.#timeIn.slice(this.timeAt, this.timeAt + TIME_LENGTH);
  }

  set time(time: string | null) {
    this.stamp = 0;
    this.timeAt = -1;
    this.#time = time;
  }

  /** Takes the time that stands at a place of a text. */
  setTimeAt(text: ByteString, at: number): void {
    this.stamp = 0;
    this.timeAt = at;
    if (this.#timeIn !== text) this.#timeIn = text;
  }

  /** Sets what filters ask for of a record that is no event; the rest of it stays unread. */
  setFields(source: LogSource, level: LogLevel | null, file: ByteString | null): void {
    this.source = source;
    this.level = level;
    this.file = file;
    this.provider = null;
    this.channel = null;
    this.eventId = null;
  }

  /** Forgets what belongs to one record; the raw range and the runtime's facts are set by whoever reads lines. */
  reset(): void {
    this.source = 'Raw';
    this.time = null;
    this.level = null;
    this.provider = null;
    this.channel = null;
    this.eventId = null;
    this.file = null;
    this.message = '';
    this.messageAt = -1;
    this.isJson = false;
    this.data = null;
    this.family = null;
    this.lossless = true;
    this.partial = false;
  }
}

/** Receives each record as it is found. */
export type FoundSink = (found: Found) => void;
