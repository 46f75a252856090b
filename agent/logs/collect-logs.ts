import {whyMissing} from '../collect/why-missing.ts';
import {CollectError} from '../collect/collector.ts';
import type {CollectedFile, Collector, MissingFile} from '../collect/collector.ts';
import {findLogs} from './files/find.ts';
import type {FoundLog} from './files/find.ts';
import {readNewest} from './files/newest.ts';
import {openBelow} from './files/open-below.ts';
import type {LogPlace} from '../../src/logs/places/place.ts';

/** Time that reading the newest part of a dozen files may take on a disk that is busy. */
const TIMEOUT_MS = 20_000;
/** Of each log: some 10,000 lines of klog, hours of a quiet node. */
const LOG_BYTES = 1 << 20;
/** Where the live file has just begun, its predecessors tell more. */
const MAX_FILES = 3;

const NO_LOGS =
  'no log file lies where a known distribution puts them: the kubelet logs to the event log or the journal (journalctl -u kubelet on the node)';

/** What the collector is made with. */
export interface LogsPorts {
  readonly places: readonly LogPlace[];
  /** Where the node's own file system is; empty where it is ours. */
  readonly root?: string;
}

/**
 * The newest part of every log of the node, at most 1 MiB of each, credentials masked: `logs/<component>/<file>`.
 */
export function logsCollector({places, root = ''}: LogsPorts): Collector {
  return {
    name: 'logs',
    timeoutMs: TIMEOUT_MS,
    maxBytes: LOG_BYTES,
    async *collect({signal}) {
      const logs = await findLogs(places, root);
      if (logs.length === 0) throw new CollectError('unsupported', NO_LOGS);
      const taken = new Set<string>();
      for (const log of logs) {
        for await (const file of newestFiles(log)) {
          signal.throwIfAborted();
          yield {...file, file: unique(file.file, taken)};
        }
      }
    },
  };
}

/** The live file, then older ones, until the bytes of one log are spent. */
async function* newestFiles({
  folder,
  component,
  files,
}: FoundLog): AsyncGenerator<CollectedFile | MissingFile> {
  let left = LOG_BYTES;
  for (const name of files.toReversed().slice(0, MAX_FILES)) {
    const facts = {file: `logs/${component}/${name}`, source: `${folder}/${name}`};
    try {
      const open = await openBelow(folder, name);
      if (!open) continue;
      try {
        const {text, skipped} = await readNewest(open, left);
        const detail = `the newest ${open.size - skipped} of ${open.size} bytes`;
        yield {...facts, body: text, ...(skipped > 0 && {partial: {reason: 'not-requested', detail}})};
        left -= Buffer.byteLength(text);
        if (skipped > 0 || left <= 0) return;
      } finally {
        await open.handle.close();
      }
    } catch (error) {
      yield {...facts, missing: whyMissing(error)};
    }
  }
}

/** Two folders may have a log of one component and name: the second gets a number. */
function unique(file: string, taken: Set<string>): string {
  const dot = file.lastIndexOf('.');
  let free = file;
  for (let n = 2; taken.has(free); n++) free = `${file.slice(0, dot)}-${n}${file.slice(dot)}`;
  taken.add(free);
  return free;
}
