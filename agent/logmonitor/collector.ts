import type {SelfCommand} from '../child/self.ts';
import type {CollectContext, CollectedFile, Collector, MissingFile} from '../collect/collector.ts';
import type {RuntimeContainer} from '../cri/containers.ts';
import {CHILD} from '../child/names.ts';
import {runChild} from '../child/run-child.ts';
import type {AskedContainer, LogMonitorState} from './inspect.ts';

/** What the collector is made with. */
export interface LogMonitorPorts {
  self: SelfCommand;
  /** The containers of the node. Throws CollectError. */
  containers: (context: CollectContext) => Promise<readonly RuntimeContainer[]>;
  /** Milliseconds for looking into all of them. */
  deadlineMs?: number;
}

/** 200 containers are read in well under a second; a volume that hangs is given up. */
const DEADLINE_MS = 10_000;
/** For the runtime's answer before it, and for what had arrived after it. */
const BEYOND_MS = 15_000;
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_CHILD_BYTES = 64 * 1024 * 1024;
const SOURCE = 'LogMonitorConfig.json of the container';
/** Kubernetes' names: no separator of paths, no other surprise in the name of a file. */
const KUBERNETES_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Finds the containers that run LogMonitor, their configurations and its version. */
export function logMonitorCollector({
  self,
  containers,
  deadlineMs = DEADLINE_MS,
}: LogMonitorPorts): Collector {
  return {
    name: 'logmonitor',
    timeoutMs: deadlineMs + BEYOND_MS,
    maxBytes: MAX_FILE_BYTES,
    async *collect(context): AsyncGenerator<CollectedFile | MissingFile> {
      const asked = askedOf(await containers(context));
      if (asked.length === 0) return;
      const found = new Map<number, LogMonitorState>();
      const ended = await runChild({
        self,
        name: CHILD.logMonitor,
        input: JSON.stringify(asked),
        signal: context.signal,
        deadlineMs,
        maxBytes: MAX_CHILD_BYTES,
        service: "the containers' file systems",
        onLine: line => {
          const answer = answerOf(line);
          if (answer) found.set(...answer);
        },
      });
      for (const [i, container] of asked.entries()) {
        const file = fileOf(container);
        const state = found.get(i);
        if (state) yield {file, source: SOURCE, body: `${JSON.stringify(state, null, 2)}\n`};
        else if (ended && container.entrypoint) yield {file, source: SOURCE, missing: ended};
      }
    },
  };
}

/** Running containers; who looks decides which of them have LogMonitor, as its process may be started by another. */
function askedOf(containers: readonly RuntimeContainer[]): AskedContainer[] {
  return containers.flatMap(({namespace, pod, name: container, pid, running, logMonitor: entrypoint}) => {
    const isPlain = [namespace, pod, container].every(name => KUBERNETES_NAME.test(name));
    return running && pid !== undefined && isPlain ? [{namespace, pod, container, pid, entrypoint}] : [];
  });
}

function fileOf({namespace, pod, container}: AskedContainer): string {
  return `logmonitor/${namespace}_${pod}_${container}.json`;
}

/** A line of the child; the last one may be cut where the child was killed. */
function answerOf(line: string): [number, LogMonitorState] | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    // Written by `logMonitorChild`.
    return Array.isArray(answer) ? (answer as [number, LogMonitorState]) : undefined;
  } catch {
    return undefined;
  }
}
