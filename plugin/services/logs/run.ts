import type {LogFilter} from '../../../src/logs/filter.ts';
import type {Layout} from '../../../src/parse/logmonitor/layout.ts';
import type {LogStats} from '../../../src/logs/stats.ts';
import type {LiveLogsFlags} from './query.ts';
import type {LogFormat} from './render.ts';
import type {Sink} from './sink.ts';

/** What every run over logs of a cluster has: what to choose, how to write it, where to. */
export interface LogRun {
  flags: LiveLogsFlags;
  filter: LogFilter;
  /** Layouts of LogMonitor's Custom format that are known. */
  layouts: readonly Layout[];
  /** Undefined: the bytes as they came. */
  format: LogFormat | undefined;
  stats: LogStats | undefined;
  sink: Sink;
  signal: AbortSignal;
  note: (text: string) => void;
}
