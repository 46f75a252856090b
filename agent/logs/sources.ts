import type {LogSource} from '../../src/protocol/sources.ts';
import type {LogSources} from '../server/log-sources.ts';
import {readChannel} from './channel-source.ts';
import type {EventLog} from './events/wevtutil.ts';
import {readLog} from './file-source.ts';
import {findLogs} from './files/find.ts';
import type {Channel} from '../../src/logs/places/channels.ts';
import type {LogPlace} from '../../src/logs/places/place.ts';

/** What the logs of a node are read with. */
export interface SourcesPorts {
  readonly places: readonly LogPlace[];
  readonly channels: readonly Channel[];
  readonly eventLog: EventLog;
  /** Where the node's own file system is; empty where it is ours. */
  readonly root?: string;
}

/**
 * The logs of a node: files that exist in fixed folders, by ids that the agent makes (`kubelet`, `cni.flanneld`), and channels of
 * a fixed table (`system`, `hns`). A path is neither told nor taken. A channel comes as XML, a line an event.
 */
export function logSources({places, channels, eventLog, root = ''}: SourcesPorts): LogSources {
  return {
    async list() {
      const logs = await findLogs(places, root);
      return [
        ...logs.map(({id, component, files}): LogSource => ({id, kind: 'file', component, files})),
        ...channels.map(({id, component, name}): LogSource => ({
          id,
          kind: 'channel',
          component,
          files: [name],
        })),
      ];
    },
    async *open({id, kind}, opening) {
      if (kind === 'channel') {
        const channel = channels.find(c => c.id === id);
        if (channel) yield* readChannel(channel, {...opening, eventLog});
        return;
      }
      // Looked for again: nothing of what a client sends is a path, nor is anything that was listed.
      const log = (await findLogs(places, root)).find(l => l.id === id);
      if (log) yield* readLog(log, opening);
    },
  };
}
