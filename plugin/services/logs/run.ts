import type {Choice} from './choice.ts';
import type {LiveLogsFlags} from './query.ts';

/** What every run over logs of a cluster has: what to choose, how to write it, where to. */
export interface LogRun extends Choice {
  flags: LiveLogsFlags;
  signal: AbortSignal;
  note: (text: string) => void;
}
