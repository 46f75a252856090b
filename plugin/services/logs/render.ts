import type {ByteString} from '../../../src/logs/bytes.ts';
import {encodeUtf8} from '../../../src/logs/bytes.ts';
import {csvHead, csvLine} from '../../../src/logs/csv.ts';
import {JsonLines} from '../../../src/logs/ndjson.ts';
import type {PieceWriter} from '../../../src/logs/pieces.ts';
import type {LogOrigin} from '../../../src/logs/record.ts';
import {compileTemplate} from '../../../src/logs/template.ts';
import {TextLines, prefixOf} from '../../../src/logs/text.ts';
import {timeWriter} from '../../../src/logs/zone.ts';
import type {FoundRecord} from '../../../src/logs/to-record.ts';
import {toRecord} from '../../../src/logs/to-record.ts';
import type {Paint, Palette} from '../../../src/report/palette.ts';
import type {LogsFlags} from './query.ts';
import {highlightsOf, usage} from './query.ts';

/** Writes a record as bytes. */
export type RecordWriter = (found: FoundRecord) => ByteString;
/** Writes a record in pieces. */
export type RecordPieces = (found: FoundRecord, out: PieceWriter) => void;

/** A format: what stands before, between and after records. `raw` is no such format: it writes the bytes that came. */
export interface LogFormat {
  head: string;
  between: string;
  foot: string;
  /** Makes the writer for the records of one origin. */
  writer(origin: LogOrigin): RecordWriter;
  /** The same in pieces, where that is faster. */
  pieces?(origin: LogOrigin): RecordPieces;
}

/** How text is painted. */
export interface Paints {
  palette: Palette;
  /** Colour of an origin's prefix. */
  ofOrigin: (origin: LogOrigin) => Paint;
}

const TEMPLATE = 'template=';
const NAMES = 'text, raw, json, ndjson, csv, template=…';

/** Whether records are wanted as they came. */
export function isRaw(flags: LogsFlags): boolean {
  return flags.output === 'raw';
}

/** A format that needs nothing but its name: another thread can make it, too. */
export interface PortableFormat {
  output: 'raw' | 'json' | 'ndjson' | 'csv';
  keepRaw: boolean;
}

/** Makes such a format; undefined for `raw`. */
export function portableFormat({output, keepRaw}: PortableFormat): LogFormat | undefined {
  if (output === 'raw') return undefined;
  if (output === 'csv') return {head: csvHead(), between: '', foot: '', writer: csvWriter};
  return output === 'json'
    ? jsonFormat(keepRaw, {head: '[\n', between: ',\n', foot: '\n]\n', end: ''})
    : jsonFormat(keepRaw, {head: '', between: '', foot: '', end: '\n'});
}

/** The format that flags name, where it is such a one. */
export function portableOf(flags: LogsFlags): PortableFormat | undefined {
  const output = PORTABLE.find(name => name === flags.output);
  return output && {output, keepRaw: flags['keep-raw']};
}

const PORTABLE = ['raw', 'json', 'ndjson', 'csv'] as const;

/** The format that `-o` names. Throws a `UserError` where there is none. */
export function formatOf(flags: LogsFlags, paints: Paints): LogFormat {
  const {output} = flags;
  if (output === 'text' || output === 'raw') return textFormat(flags, paints);
  const portable = portableOf(flags);
  const made = portable && portableFormat(portable);
  if (made) return made;
  if (!output.startsWith(TEMPLATE)) throw usage(`-o ${output} is no format: there are ${NAMES}`);
  const template = compileTemplate(output.slice(TEMPLATE.length));
  if (typeof template === 'string') throw usage(`-o ${output}: ${template}`);
  const writer =
    (origin: LogOrigin): RecordWriter =>
    found =>
      encodeUtf8(template(toRecord(found, origin, true)));
  return {head: '', between: '', foot: '', writer};
}

function csvWriter(origin: LogOrigin): RecordWriter {
  return found => encodeUtf8(csvLine(toRecord(found, origin)));
}

function jsonFormat(
  keepRaw: boolean,
  {head, between, foot, end}: {head: string; between: string; foot: string; end: string},
): LogFormat {
  return {
    head,
    between,
    foot,
    writer: origin => {
      const lines = new JsonLines(origin, keepRaw, end);
      return found => lines.json(found);
    },
    pieces: origin => {
      const lines = new JsonLines(origin, keepRaw, end);
      return (found, out) => lines.write(found, out);
    },
  };
}

function textFormat(flags: LogsFlags, {palette, ofOrigin}: Paints): LogFormat {
  const stamp = timeWriter(flags.timezone);
  if (!stamp) throw usage(`--timezone ${flags.timezone ?? ''} is no time zone such as UTC or Europe/Berlin`);
  const highlight = highlightsOf(flags);
  return {
    head: '',
    between: '',
    foot: '',
    writer: origin => {
      const prefix = flags.prefix ? ofOrigin(origin)(prefixOf(origin, true)) : '';
      const lines = new TextLines({palette, prefix, highlight, ...(flags.timestamps && {stamp})});
      return found => lines.line(found);
    },
  };
}
