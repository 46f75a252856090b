import type {LogRecord} from './record.ts';
import {RECORD_KEYS} from './record.ts';

/** What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** RFC 4180. */
const END = '\r\n';

/** The first line of a CSV file of records. */
export function csvHead(): string {
  return RECORD_KEYS.join(',') + END;
}

/** A record as a line of CSV. A text that a spreadsheet would run gets an apostrophe before it. */
export function csvLine(record: LogRecord): string {
  return RECORD_KEYS.map(column => cell(valueOf(record, column))).join(',') + END;
}

function valueOf(record: LogRecord, column: (typeof RECORD_KEYS)[number]): string {
  const value = column === 'logMonitor' ? record.logMonitor.major : record[column];
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
