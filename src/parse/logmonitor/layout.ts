import type {ByteString} from '../../logs/bytes.ts';
import type {LogSource} from '../../logs/record.ts';
import {windowsLevel} from '../applog/levels.ts';
import {setEtwEvent} from './etw.ts';
import type {Found} from './found.ts';
import type {Reading} from './reading.ts';
import {TIME_LENGTH, fileName, isTimeAt, wholeNumber} from './shapes.ts';
import {setProcessLine, setSanitized} from './unescape.ts';

/** A layout of the Custom format, taken apart: literals and tokens (names in lower case) in turn. */
export interface Layout {
  parts: readonly LayoutPart[];
  /** Whether values are escaped as JSON: the layout ends in `|JSON`. */
  json: boolean;
}

export type LayoutPart = {literal: ByteString} | {token: string};

const SOURCES = new Map<string, LogSource>([
  ['EventLog', 'EventLog'],
  ['File', 'File'],
  ['ETW', 'ETW'],
  ['Process', 'Process'],
]);
/** Values that may hold anything, also what follows them in the layout. */
const FREE_TEXT = new Set(['message', 'eventdata']);

/** Layouts that LogMonitor uses where the configuration gives none (Parser/LoggerSettings.h). */
export const DEFAULT_LAYOUTS: readonly Layout[] = [
  '[%TimeStamp%] [%Source%] [%Severity%] %Message%',
  '[%TimeStamp%] [%Source%] [%FileName%] %Message%',
  '[%TimeStamp%] [%Source%] [%Severity%] [%ProviderId%] [%ProviderName%] [%EventId%] %EventData%',
  '[%TimeStamp%] [%Source%] [%Message%]',
].map(parseLayout);
/** Which source each default layout is of, in the order above. */
const DEFAULT_SOURCES: readonly LogSource[] = ['EventLog', 'File', 'ETW', 'Process'];

/** The default layout of a source. */
export function defaultLayout(source: LogSource): Layout | undefined {
  return DEFAULT_LAYOUTS[DEFAULT_SOURCES.indexOf(source)];
}

/** Takes a `customLogFormat` apart. Text after its last `|` is cut off, as LogMonitor does, whatever it is. */
export function parseLayout(text: string): Layout {
  const bar = text.lastIndexOf('|');
  const suffix = bar < 0 ? '' : text.slice(bar + 1).replaceAll(' ', '');
  const json = suffix.toLowerCase() === 'json';
  const cut = bar < 0 ? text : text.slice(0, bar);
  const shown = json ? cut.replaceAll("'", '"') : cut;
  const parts: LayoutPart[] = [];
  for (const [i, part] of shown.split('%').entries()) {
    if (i % 2 === 1) parts.push({token: part.toLowerCase()});
    else if (part !== '') parts.push({literal: part});
  }
  return {parts, json};
}

/** Reads a line by a layout; false where it does not fit, and then nothing of `found` counts. */
export function readByLayout(found: Found, line: ByteString, layout: Layout, reading: Reading): boolean {
  const {evidence} = reading;
  const values = cut(line, layout.parts);
  if (!values) return false;
  const time = values.get('timestamp');
  const source = SOURCES.get(values.get('source') ?? '');
  const message = values.get('message') ?? values.get('eventdata');
  if (source === undefined || message === undefined) return false;
  if (time !== undefined && !(time.length === TIME_LENGTH && isTimeAt(time, 0))) return false;
  const severity = values.get('severity');
  evidence.atLeast('2.1');
  found.source = source;
  found.time = time ?? null;
  found.level = severity === undefined ? null : windowsLevel(severity, 0, severity.length);
  found.provider = values.get('eventsource') ?? values.get('providername') ?? null;
  const id = values.get('eventid') ?? '';
  found.eventId = wholeNumber(id, 0, id.length);
  const file = values.get('filename');
  if (file !== undefined) found.file = fileName(file);
  if (source === 'ETW') setFacts(found, values);
  if (layout.json) setSanitized(found, message, reading);
  else if (source === 'Process') setProcessLine(found, message, reading);
  else found.message = message;
  found.family = evidence.family;
  return true;
}

/** The properties stand in the message: where one ends and the next begins cannot be told. */
function setFacts(found: Found, values: ReadonlyMap<string, ByteString>): void {
  setEtwEvent(found, {
    providerId: values.get('providerid'),
    decodingSource: values.get('decodingsource'),
    processId: values.get('executionprocessid'),
    threadId: values.get('executionthreadid'),
    keyword: values.get('keyword'),
    id: values.get('eventid'),
  });
}

/** Values of the tokens in a line, by the literals between them; undefined where the line does not fit. */
function cut(line: ByteString, parts: readonly LayoutPart[]): Map<string, ByteString> | undefined {
  const values = new Map<string, ByteString>();
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if ('literal' in part) {
      if (!line.startsWith(part.literal, at)) return undefined;
      at += part.literal.length;
      continue;
    }
    const next = parts[i + 1];
    const end =
      next === undefined ? line.length : endOf(line, at, part.token, {next, last: i + 2 >= parts.length});
    if (end < at) return undefined;
    values.set(part.token, line.slice(at, end));
    at = end;
  }
  return at === line.length ? values : undefined;
}

function endOf(
  line: ByteString,
  at: number,
  token: string,
  {next, last}: {next: LayoutPart; last: boolean},
): number {
  // Two tokens without anything between them: nobody can tell where the first ends.
  if (!('literal' in next)) return -1;
  if (last) return line.endsWith(next.literal) ? line.length - next.literal.length : -1;
  return FREE_TEXT.has(token) ? line.lastIndexOf(next.literal) : line.indexOf(next.literal, at);
}

/** A layout as text, for comparing. */
export function layoutText({parts, json}: Layout): string {
  return parts.map(p => ('literal' in p ? p.literal : `%${p.token}%`)).join('') + (json ? '|JSON' : '');
}
