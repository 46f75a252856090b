import type {AgentOs} from '../../src/protocol/names.ts';
import type {Collector} from '../collect/collector.ts';
import type {KeySource} from '../config/key-file.ts';
import type {Observer} from '../metrics/observer.ts';
import type {Audit} from './audit.ts';
import type {Clock} from './clock.ts';
import type {ServerLimits} from './limits.ts';
import type {LogSources} from './log-sources.ts';
import type {ProbeRunner} from './probe-runner.ts';

/** All that the server stands on. */
export interface ServerDeps {
  readonly node: string;
  readonly os: AgentOs;
  /** Hexadecimal digits, anew for each start. */
  readonly boot: string;
  readonly keys: KeySource;
  readonly collectors: readonly Collector[];
  readonly logs: LogSources;
  readonly probes: ProbeRunner;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly observer: Observer;
  readonly limits: ServerLimits;
}
