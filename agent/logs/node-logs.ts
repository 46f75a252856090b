import type {AgentOs} from '../../src/protocol/names.ts';
import type {Collector} from '../collect/collector.ts';
import type {LogSources} from '../server/log-sources.ts';
import {eventsCollector} from './collect-events.ts';
import {logsCollector} from './collect-logs.ts';
import {wevtutil} from './events/wevtutil.ts';
import {CHANNELS} from '../../src/logs/places/channels.ts';
import {LINUX_PLACES} from '../../src/logs/places/linux.ts';
import {WINDOWS_PLACES} from '../../src/logs/places/windows.ts';
import {logSources} from './sources.ts';

/** The collectors of logs of an operating system. `root` is where the node's own file system is mounted, empty where it is ours. */
export function logCollectors(os: AgentOs, root: string): Collector[] {
  return os === 'windows'
    ? [eventsCollector({channels: CHANNELS, eventLog: wevtutil()}), logsCollector({places: WINDOWS_PLACES})]
    : [logsCollector({places: LINUX_PLACES, root})];
}

/** The logs that may be read of a node. */
export function nodeLogs(os: AgentOs, root: string): LogSources {
  return os === 'windows'
    ? logSources({places: WINDOWS_PLACES, channels: CHANNELS, eventLog: wevtutil()})
    : logSources({places: LINUX_PLACES, channels: [], eventLog: wevtutil(), root});
}
