import type {ByteString} from '../../logs/bytes.ts';
import {MAX_LINE_BYTES} from '../../logs/record.ts';
import {Recognizer} from '../applog/recognize.ts';
import type {Layouts} from './custom.ts';
import type {Found, FoundSink} from './found.ts';
import {readJson} from './json.ts';
import type {PlainLine} from './line.ts';
import {keep, openLine, recordWithin} from './line.ts';
import type {OpenLine} from './open.ts';
import {OpenRecord, endingOf} from './open.ts';
import type {Reading} from './reading.ts';
import {readingOf} from './reading.ts';
import type {Shape} from './shapes.ts';
import {startsRecord} from './shapes.ts';
import type {Shared} from './shared.ts';
import type {SkimmedText} from './skimmer.ts';
import {FieldsOfLines, Skimmer} from './skimmer.ts';
import type {StreamState} from './state.ts';
import {readCtrl, readTrace} from './trace.ts';
import {batchName, readNamedLine, readV1} from './v1.ts';
import {readXml} from './xml.ts';

/** A record of more lines than this is none: events have 32 KiB of text at most (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw). */
const MAX_OPEN_LINES = 4096;

/** Reads the lines of one stream into records: joins those of several lines, takes apart those that share a line. */
export class LineReader {
  readonly #reading: Reading;
  readonly #layouts: Layouts;
  readonly #recognizes: boolean | 'level';
  readonly #recognizer: Recognizer;
  #open: OpenRecord | undefined;
  /** File whose batch of lines goes on with the next line (1.2). */
  #batch: ByteString | undefined;
  readonly #skimmer: Skimmer;

  constructor(shared: Shared, {usualCrs, files}: Omit<StreamState, 'name'>) {
    this.#reading = readingOf(shared, usualCrs);
    this.#layouts = shared.layouts;
    this.#recognizes = shared.recognizes;
    this.#recognizer = new Recognizer(files, shared.recognizes === 'level');
    const lines =
      shared.fieldsOnly && shared.recognizes !== true
        ? new FieldsOfLines(this.#reading, shared.recognizes ? this.#recognizer : undefined)
        : {read: this.#readWhole.bind(this)};
    this.#skimmer = new Skimmer(this.#reading, lines);
  }

  /** What it has learned; undefined in the middle of a record or a batch. */
  get state(): Omit<StreamState, 'name'> | undefined {
    if (this.#open || this.#batch !== undefined) return undefined;
    return {usualCrs: this.#reading.usualCrs, files: this.#recognizer.files};
  }

  /** Takes as many lines as can be told at a glance, and says where the next one begins. */
  skim(lines: SkimmedText, from: number, found: Found, sink: FoundSink): number {
    return this.#open ? from : this.#skimmer.skim(lines, from, found, sink);
  }

  /** Reads a record that is all of a line, where the short way tells it. */
  #readWhole({text, bytes, view, clean}: SkimmedText, start: number, end: number, found: Found): boolean {
    const reading = this.#reading;
    reading.start = start;
    reading.end = end;
    reading.force = false;
    reading.clean = clean;
    if (reading.bytes !== bytes) reading.bytes = bytes;
    if (reading.view !== view) reading.view = view;
    reading.at = -1;
    found.reset();
    if (readJson(found, text, reading) !== 'whole' || reading.end !== end) return false;
    this.#recognizeMessage(found);
    return true;
  }

  /** Takes a line; `found` has its raw range and what the runtime said of it. */
  line(line: PlainLine, found: Found, sink: FoundSink): void {
    if (this.#open) {
      if (!startsRecord(line.text, line.start) && this.#continue(this.#open, line, found, sink)) return;
      if (this.#open) this.#giveUp(line, found, sink);
    }
    this.#fresh(line, found, sink);
  }

  /** Takes what is there of a record that did not end: nothing more will come. */
  flush(found: Found, sink: FoundSink): void {
    if (this.#open) this.#giveUp(undefined, found, sink);
    this.#batch = undefined;
  }

  #fresh(line: PlainLine, found: Found, sink: FoundSink): void {
    const {text, end} = line;
    const reading = this.#reading;
    let at = line.start;
    for (;;) {
      found.reset();
      this.#aim(at, end, line);
      const shape = this.#shape(found, text, reading);
      if (shape === 'open') {
        this.#open = new OpenRecord(endingOf(text, at), openLine(line, at, found), found);
        return;
      }
      if (shape === 'whole') {
        const whole = reading.end === end;
        if (whole) this.#noteEnd(line.crs, found);
        if (whole && this.#goesOn(line, found, at)) return;
        at = reading.end;
      } else {
        const next = recordWithin(text, at, end);
        this.#raw(found, text, at, next);
        at = next;
      }
      if (at >= end) {
        if (shape === 'none') this.#inBatch(line, found);
        sink(found);
        return;
      }
      this.#emitPart(found, text, at, sink);
    }
  }

  /** Says what is to be read: a stretch of a line, or of text that was joined. */
  #aim(start: number, end: number, line?: PlainLine): void {
    const reading = this.#reading;
    reading.start = start;
    reading.end = end;
    reading.force = false;
    reading.clean = line?.clean ?? false;
    reading.bytes = line?.bytes;
    reading.view = line?.view;
    reading.at = -1;
  }

  /** What stands at the start of a line. */
  #shape(found: Found, text: ByteString, reading: Reading): Shape {
    const {start, end} = reading;
    switch (text.charCodeAt(start)) {
      case 0x7b: {
        // {
        const shape = readJson(found, text, reading);
        if (shape === 'none') return this.#custom(found, text, reading);
        this.#recognizeMessage(found);
        return shape;
      }
      case 0x3c: {
        // <
        const shape = text.startsWith('<Log><Source>', start)
          ? readXml(found, text, reading)
          : readV1(found, text, reading);
        this.#recognizeMessage(found);
        return shape;
      }
      case 0x5b: // [
        if (readTrace(found, text, reading)) return 'whole';
        if (readNamedLine(found, text, reading)) {
          this.#recognizeMessage(found);
          return 'whole';
        }
        return this.#custom(found, text, reading);
      case 0x43: // C
        if (readCtrl(found, text, start, end)) {
          found.family = reading.evidence.family;
          return 'whole';
        }
        return this.#custom(found, text, reading);
      default:
        return this.#custom(found, text, reading);
    }
  }

  #custom(found: Found, text: ByteString, reading: Reading): Shape {
    if (!this.#layouts.read(found, text, reading)) return 'none';
    this.#recognizeMessage(found);
    return 'whole';
  }

  /** Lines of files and processes have no time and level of LogMonitor's, but often their own. */
  #recognizeMessage(found: Found): void {
    if (!this.#recognizes || (found.source !== 'File' && found.source !== 'Process')) return;
    const {time, stamp, level} = this.#recognizer.readMessage(found);
    if (time !== null) found.time = time;
    if (stamp > 0) found.stamp = stamp;
    found.level = level;
  }

  #raw(found: Found, text: ByteString, start: number, end: number): void {
    const message = text.slice(start, end);
    found.message = message;
    if (this.#reading.clean) found.messageAt = start;
    if (this.#reading.clean && !message.includes('\\') && !message.includes('"')) found.isJson = true;
    if (!this.#recognizes) return;
    const {time, stamp, level} = this.#recognizer.read(message, null);
    found.time = time;
    found.stamp = stamp;
    found.level = level;
  }

  /** Emits what stands before `at` in a line, and leaves the rest of the line's bytes to what follows. */
  #emitPart(found: Found, text: ByteString, at: number, sink: FoundSink): void {
    const {rawEnd} = found;
    // Where the line was joined from fragments, its bytes go with the first record.
    const cut = found.raw === text ? at : rawEnd;
    found.rawEnd = cut;
    sink(found);
    found.rawStart = cut;
    found.rawEnd = rawEnd;
  }

  /** Learns from a record of one line how lines end here. */
  #noteEnd(crs: number, found: Found): void {
    if (found.source === 'Monitor') this.#batch = undefined;
    if (crs <= 1 && found.source !== 'Process' && found.source !== 'Raw') this.#reading.usualCrs = crs;
  }

  /** Whether a record of the Custom format goes on: only its inner lines end in one CR more than a record does. */
  #goesOn(line: PlainLine, found: Found, at: number): boolean {
    if (line.crs <= this.#reading.usualCrs || (found.source !== 'EventLog' && found.source !== 'ETW'))
      return false;
    this.#open = new OpenRecord(undefined, openLine(line, at, found), found);
    return true;
  }

  /** Takes a line into the batch of a file, or a header of one. */
  #inBatch(line: PlainLine, found: Found): void {
    const {evidence} = this.#reading;
    if (this.#batch !== undefined) {
      found.source = 'File';
      found.file = this.#batch;
      found.family = '1';
      if (line.crs <= this.#reading.usualCrs) this.#batch = undefined;
      return;
    }
    if (evidence.family !== null && evidence.family !== '1') return;
    const name = batchName(line.text, line.start, line.end);
    if (name === undefined) return;
    evidence.exactly('1');
    found.source = 'Monitor';
    found.file = name;
    found.family = '1';
    this.#batch = name;
  }

  /** Adds a line to the open record; false where that record is given up. */
  #continue(open: OpenRecord, line: PlainLine, found: Found, sink: FoundSink): boolean {
    if (open.bytes > MAX_LINE_BYTES || open.lines.length > MAX_OPEN_LINES) return false;
    open.add(openLine(line, line.start, found));
    if (!open.mayEnd(line, this.#reading.usualCrs)) return true;
    const text = open.joined(open.ending === undefined ? this.#reading.usualCrs : Math.min(line.crs, 1));
    this.#aim(0, text.length);
    found.reset();
    const shape = this.#shape(found, text, this.#reading);
    if (shape === 'open') return true;
    if (shape === 'none') {
      this.#open = undefined;
      this.#again(open.lines, found, sink);
      return true;
    }
    open.restore(found);
    this.#open = undefined;
    sink(found);
    return true;
  }

  /** The record has no end: its first line is what there is of it, the others are lines of their own. */
  #giveUp(line: PlainLine | undefined, found: Found, sink: FoundSink): void {
    const open = this.#open;
    const [first, ...rest] = open?.lines ?? [];
    this.#open = undefined;
    if (!open || !first) return;
    const kept = keep(found);
    open.useLine(found, first);
    found.reset();
    this.#aim(0, first.text.length);
    this.#reading.force = true;
    const shape = this.#shape(found, first.text, this.#reading);
    if (shape !== 'whole') {
      found.reset();
      this.#raw(found, first.text, 0, first.text.length);
    } else if (open.ending !== undefined) found.lossless = false;
    sink(found);
    this.#again(rest, found, sink);
    if (line) Object.assign(found, kept);
  }

  #again(lines: readonly OpenLine[], found: Found, sink: FoundSink): void {
    this.#reading.clean = false;
    for (const line of lines) {
      found.raw = line.raw;
      found.rawStart = 0;
      found.rawEnd = line.raw.length;
      found.criTime = line.criTime;
      found.reset();
      this.#raw(found, line.text, 0, line.text.length);
      sink(found);
    }
  }
}
