import type {Evidence} from '../snapshot/evidence.ts';
import type {LogFamily, LogLevel, LogSource} from './record.ts';

/** Records of one source. */
export interface SourceCount {
  count: number;
  /** When the last one came, RFC 3339; null where nothing tells. */
  last: string | null;
}

/** Lines of LogMonitor's own that say the same. */
export interface OwnLine {
  level: 'Error' | 'Warning' | 'Information';
  message: string;
  count: number;
  /** RFC 3339, as LogMonitor wrote it. */
  first: string | null;
  last: string | null;
}

/** One of the last lines of a log, secrets masked. */
export interface LastLine {
  /** When the runtime received it, else when it says that it happened, RFC 3339. */
  time: string | null;
  level: LogLevel | null;
  source: LogSource;
  /** Its beginning. */
  message: string;
}

/** What a container's log comes to: all that checks judge, and of its text only what LogMonitor says of itself and how it ends. */
export interface LogSummary {
  bytes: number;
  records: number;
  /** Records that the program or a source made: lines of LogMonitor and ServiceMonitor about themselves, and empty ones, are none. */
  spoken: number;
  /** Whether ServiceMonitor, which starts a Windows service as the program of a container, wrote to it. */
  hasServiceMonitor: boolean;
  /** Whether only parts of the log were read: then nothing follows from what is not there. */
  cut: boolean;
  family: LogFamily | null;
  sources: {readonly [S in LogSource]?: SourceCount};
  /** LogMonitor's errors and warnings, and what it waits for. */
  own: readonly OwnLine[];
  /** The last lines, and the last errors before them, in their order; LogMonitor's own are none of them. */
  last: readonly LastLine[];
}

/** The log of one container. */
export interface PodLog {
  namespace: string;
  pod: string;
  container: string;
  /** Of the container before its last restart. */
  previous: boolean;
  log: Evidence<LogSummary>;
}
