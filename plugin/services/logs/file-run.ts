import type {ScannerState} from '../../../src/parse/logmonitor/state.ts';
import type {FileWish} from './receivers.ts';
import type {PortableFormat} from './render.ts';
import type {Sink} from './sink.ts';

/** A log file that is to be read, and what becomes of its records. */
export interface FileRun extends FileWish {
  path: string;
  /** The format where another thread can make it; undefined otherwise. */
  portable: PortableFormat | undefined;
  /** Threads to read with: each further one costs memory, and time until it is warm. */
  threads: number;
  sink: Sink;
  signal: AbortSignal;
}

/** Where reading goes on: so many bytes of the file were read, records were written, and this is known. */
export interface FilePoint {
  offset: number;
  state: ScannerState | undefined;
  /** Whether anything was written. */
  hasWritten: boolean;
}
