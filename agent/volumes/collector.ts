import type {VolumeFacts} from '../../src/protocol/node-facts.ts';
import {CHILD} from '../child/names.ts';
import {runChild} from '../child/run-child.ts';
import type {SelfCommand} from '../child/self.ts';
import type {CollectContext, CollectedFile, Collector} from '../collect/collector.ts';
import type {RuntimeContainer} from '../cri/containers.ts';
import {jsonFile} from '../host/json-file.ts';
import {unmeasured} from './measure.ts';
import type {Room} from './measure.ts';

/** What the collector is made with. */
export interface VolumesPorts {
  self: SelfCommand;
  /** The containers of the node. Throws CollectError. */
  containers: (context: CollectContext) => Promise<readonly RuntimeContainer[]>;
  /** Milliseconds for asking all volumes. */
  deadlineMs?: number;
}

/** A volume answers in microseconds; one that hangs is given up, and those behind it. */
const DEADLINE_MS = 5000;
/** For the runtime's answer before it, and for what had arrived after it. */
const BEYOND_MS = 15_000;
const MAX_BYTES = 2 * 1024 * 1024;
const SOURCE = 'FileFsFullSizeInformation';

/** Measures what room running containers have on their volumes: `cri/volumes.json`, an array of `VolumeFacts`. */
export function volumesCollector({self, containers, deadlineMs = DEADLINE_MS}: VolumesPorts): Collector {
  return {
    name: 'cri.volumes',
    timeoutMs: deadlineMs + BEYOND_MS,
    maxBytes: MAX_BYTES,
    async *collect(context): AsyncGenerator<CollectedFile> {
      const running = (await containers(context)).flatMap(({running, pid, ...container}) =>
        running && pid !== undefined ? [{...container, pid}] : [],
      );
      const rooms: Room[] = [];
      const ended =
        running.length === 0
          ? undefined
          : await runChild({
              self,
              name: CHILD.volumes,
              input: JSON.stringify(running.map(({pid}) => pid)),
              signal: context.signal,
              deadlineMs,
              maxBytes: MAX_BYTES,
              service: "the containers' volumes",
              onLine: line => void rooms.push(...roomIn(line)),
            });
      const why = ended?.detail ?? 'the process that measures volumes said nothing of it';
      const value = running.map(({id, namespace, pod, name}, i): VolumeFacts => {
        return {id, namespace, pod, container: name, ...(rooms[i] ?? unmeasured(why))};
      });
      yield jsonFile('cri/volumes.json', {source: SOURCE, value, ...(ended && {partial: ended})});
    },
  };
}

/** A line of the child; the last one may be cut where the child was killed. */
function roomIn(line: string): Room[] {
  try {
    // Written by `volumesChild`.
    return [JSON.parse(line) as Room];
  } catch {
    return [];
  }
}
