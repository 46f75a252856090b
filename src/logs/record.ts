/** Where a record was read from by LogMonitor; `Monitor` is LogMonitor itself, `Raw` a line that is no record. */
export const LOG_SOURCES = ['EventLog', 'File', 'ETW', 'Process', 'Monitor', 'Raw'] as const;

export type LogSource = (typeof LOG_SOURCES)[number];

/** Levels by their Windows names (https://learn.microsoft.com/windows/win32/wes/defining-severity-levels), worst first. */
export const LOG_LEVELS = ['Critical', 'Error', 'Warning', 'Information', 'Verbose'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Version family of the LogMonitor that printed a stream, as far as the stream shows it: the oldest that prints what was
 * seen so far. The binaries of 2.1.2 to 2.2.1 all call themselves 2.1.1, so nothing else tells.
 */
export const LOG_FAMILIES = ['1', '2.0', '2.1', '2.1.2', '2.2'] as const;

export type LogFamily = (typeof LOG_FAMILIES)[number];

/** A value of `data`: a number only where JavaScript holds it exactly, otherwise its digits as a string. */
export type LogValue = string | number | boolean | null | LogValue[] | {[key: string]: LogValue};

/** One record of a log (CONTRACT §5). Its keys stand in this order in every JSON output. */
export interface LogRecord {
  /** When it happened, as the line itself says, RFC 3339; LogMonitor's own times have whole seconds. */
  time: string | null;
  /** When the runtime received it, RFC 3339. */
  criTime: string | null;
  stream: 'stdout' | 'stderr' | null;
  source: LogSource;
  level: LogLevel | null;
  /** Event provider. LogMonitor repeats an earlier message for providers that are not registered in the container. */
  provider: string | null;
  channel: string | null;
  eventId: number | null;
  /** File that a `File` record was read from, relative to the directory of its source. */
  file: string | null;
  message: string;
  data: {[key: string]: LogValue};
  namespace: string | null;
  pod: string | null;
  container: string | null;
  node: string | null;
  logMonitor: {major: LogFamily | null};
  /** The record's bytes as they came, decoded as UTF-8; only where it was asked for. */
  raw?: string;
  /** False where LogMonitor damaged the record, or where its version may have: then a field may differ from what was logged. */
  lossless: boolean;
  /** A piece of a line that is longer than `MAX_LINE_BYTES`. */
  partial?: true;
}

/** Longer lines come in pieces (CONTRACT §5). */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Size of those pieces: small, so that a line of any length needs little memory. */
export const PIECE_BYTES = 48 * 1024;

/** Whose log a stream is. */
export interface LogOrigin {
  namespace: string | null;
  pod: string | null;
  container: string | null;
  node: string | null;
}

/** The origin of a file: nobody's. */
export const NO_ORIGIN: LogOrigin = {namespace: null, pod: null, container: null, node: null};

/** Keys of a record in the order in which every output has them, less what only some records have. */
export const RECORD_KEYS = [
  'time',
  'criTime',
  'stream',
  'source',
  'level',
  'provider',
  'channel',
  'eventId',
  'file',
  'message',
  'data',
  'namespace',
  'pod',
  'container',
  'node',
  'logMonitor',
  'lossless',
] as const satisfies readonly (keyof LogRecord)[];
