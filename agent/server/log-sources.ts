import type {LogRequest, LogSource} from '../../src/protocol/sources.ts';

/** How a log is to be read. */
export interface LogOpening extends Pick<LogRequest, 'since' | 'tail' | 'follow'> {
  /** Fires when the client is gone; what was opened must be closed then. */
  readonly signal: AbortSignal;
}

/** The logs of a node that may be read: fixed roots, listed by the agent itself, never by a path that somebody sends. */
export interface LogSources {
  /** What there is now; ids differ and stay the same for as long as a log exists. */
  list(): Promise<readonly LogSource[]>;
  /** Bytes of one that {@link LogSources.list} has just listed. What it throws cuts the answer. */
  open(source: LogSource, opening: LogOpening): AsyncIterable<Uint8Array | string>;
}

/** Of a node where nothing is listed. */
export const NO_LOG_SOURCES: LogSources = {
  list: () => Promise.resolve([]),
  async *open() {
    // Nothing is listed, so nothing is opened.
  },
};
