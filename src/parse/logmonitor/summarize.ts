import {maskLine} from '../../redact/quoted.ts';
import {byteString, decodeAscii, isCleanText} from '../../logs/bytes.ts';
import type {LogFamily, LogSource} from '../../logs/record.ts';
import type {LogSummary, OwnLine, SourceCount} from '../../logs/summary.ts';
import {messageText} from '../../logs/to-record.ts';
import type {Found} from './found.ts';
import {LastLines} from './last-lines.ts';
import {Scanner} from './scanner.ts';

/** So much is scanned at a time: what is cut from more of it leaves the young heap, and the caches. */
const WINDOW = 32 * 1024;
/** LogMonitor has fewer kinds of lines about itself; what comes later is counted with nothing. */
const MAX_OWN = 64;
/** Its longest messages name a path. */
const MAX_MESSAGE = 512;
/** What it waits for (ETW and EventLog: EventMonitor.cpp; File: LogFileMonitor.cpp). */
const WAITS = /^(?:Waiting for |Log directory .* LogMonitor will wait )/;
/** ServiceMonitor's own lines (https://github.com/microsoft/IIS.ServiceMonitor, ServiceMonitor.cpp). */
const SERVICE_MONITOR =
  /^\s*(?:Service '[^']*' |APPCMD |Applied configuration changes |Failed to update IIS configuration|ERROR \( |The service is )/;
const SERVICE_LINE = /^\s*Service '[^']*' /;

/** Reads a container's log, in pieces of any size, for what checks judge. Keeps at most one line or record of it. */
export class LogSummarizer {
  // The kubelet's answers and most captures have times before the lines; lines without are read all the same.
  readonly #scanner = new Scanner({format: 'stamped'});
  readonly #receive = (found: Found): void => this.#take(found);
  readonly #sources = new Map<LogSource, SourceCount>();
  readonly #own = new Map<string, OwnLine>();
  readonly #lastLines = new LastLines();
  #rest = '';
  #bytes = 0;
  #records = 0;
  #spoken = 0;
  #hasServiceMonitor = false;
  #family: LogFamily | null = null;

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + WINDOW);
      at += this.#rest === '' ? this.#window(piece, at + piece.length < bytes.length) : this.#joined(piece);
    }
  }

  /** Scans bytes that begin a line; answers how many are done with. What is no whole line is kept, unless it comes again with `more`. */
  #window(bytes: Uint8Array, more: boolean): number {
    const clean = isCleanText(bytes);
    const text = clean ? decodeAscii(bytes, bytes.length) : byteString(bytes);
    const read = this.#scanner.scan(text, false, this.#receive, {clean, bytes});
    if (more && read > 0) return read;
    this.#rest = text.slice(read);
    return bytes.length;
  }

  /** Scans what was kept, and bytes that follow it; answers how many of them are done with. */
  #joined(bytes: Uint8Array): number {
    const kept = this.#rest.length;
    const text = this.#rest + byteString(bytes);
    const read = this.#scanner.scan(text, false, this.#receive);
    this.#rest = read > kept ? '' : text.slice(read);
    return read > kept ? read - kept : bytes.length;
  }

  /** Says that something is missing between what came and what comes: a line is not joined over it. */
  gap(): void {
    this.#scanner.scan(this.#rest, true, this.#receive);
    this.#rest = '';
  }

  /** What it came to. `cut`: whether parts of the log were not given. */
  end(cut: boolean): LogSummary {
    this.gap();
    return {
      bytes: this.#bytes,
      records: this.#records,
      spoken: this.#spoken,
      hasServiceMonitor: this.#hasServiceMonitor,
      cut,
      family: this.#family,
      sources: Object.fromEntries(this.#sources),
      own: [...this.#own.values()],
      last: this.#lastLines.all(),
    };
  }

  #take(found: Found): void {
    this.#records++;
    this.#family = found.family ?? this.#family;
    this.#count(found);
    if (found.source === 'Monitor') {
      this.#note(found);
      return;
    }
    this.#lastLines.add(found);
    if (found.source !== 'Raw' && found.source !== 'Process') this.#spoken++;
    else this.#line(found.message);
  }

  #count({source, criTime, time}: Found): void {
    const last = criTime ?? time;
    const known = this.#sources.get(source);
    if (!known) this.#sources.set(source, {count: 1, last});
    else {
      known.count++;
      known.last = last ?? known.last;
    }
  }

  /** A line of the program itself. */
  #line(message: string): void {
    if (SERVICE_LINE.test(message)) this.#hasServiceMonitor = true;
    else if (message.trim() !== '' && !SERVICE_MONITOR.test(message)) this.#spoken++;
  }

  #note(found: Found): void {
    const {level, time} = found;
    const message = maskLine(messageText(found).slice(0, MAX_MESSAGE));
    const isWait = level === 'Information' && WAITS.test(message);
    if (level !== 'Error' && level !== 'Warning' && !isWait) return;
    const known = this.#own.get(message);
    if (known) {
      known.count++;
      known.last = time ?? known.last;
    } else if (this.#own.size < MAX_OWN) {
      this.#own.set(message, {
        level: isWait ? 'Information' : level,
        message,
        count: 1,
        first: time,
        last: time,
      });
    }
  }
}
