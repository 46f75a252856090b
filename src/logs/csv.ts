import type {LogRecord} from './record.ts';
import {csvRow} from '../text/csv.ts';
import {RECORD_KEYS} from './record.ts';

/** The first line of a CSV file of records. */
export function csvHead(): string {
  return csvRow(RECORD_KEYS);
}

/** A record as a line of CSV. */
export function csvLine(record: LogRecord): string {
  return csvRow(RECORD_KEYS.map(column => valueOf(record, column)));
}

function valueOf(record: LogRecord, column: (typeof RECORD_KEYS)[number]): string {
  const value = column === 'logMonitor' ? record.logMonitor.major : record[column];
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
}
