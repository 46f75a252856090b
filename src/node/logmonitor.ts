import {fields, integer, text} from '../kube/shape.ts';
import type {Missing} from '../snapshot/evidence.ts';

/** LogMonitor in one running container (`logmonitor/<namespace>_<pod>_<container>.json`). */
export interface LogMonitorFacts {
  namespace: string;
  pod: string;
  container: string;
  /** How it is known: `entrypoint` is the container's own command line, `process` a process of that name inside it. */
  runs?: string;
  /** The configuration that it reads, as it stands in the container. */
  config?: {path: string; text: string};
  /** Why there is no configuration. */
  configError?: string;
  program?: {path: string; bytes?: number; sha256: string};
  programError?: string;
  /** File version of the program. */
  version?: string;
}

/** The containers of a node in which LogMonitor runs. */
export interface NodeLogMonitor {
  containers: (LogMonitorFacts & {file: string})[];
  /** Containers that could not be looked into, by the key of their file. */
  missing: {key: string; gap: Missing}[];
}

export const NO_LOG_MONITOR: NodeLogMonitor = {containers: [], missing: []};

const shape = fields<LogMonitorFacts>(
  {
    namespace: text,
    pod: text,
    container: text,
    runs: text,
    config: fields({path: text, text}, {path: '', text: ''}),
    configError: text,
    program: fields<NonNullable<LogMonitorFacts['program']>>(
      {path: text, bytes: integer, sha256: text},
      {path: '', sha256: ''},
    ),
    programError: text,
    version: text,
  },
  {namespace: '', pod: '', container: ''},
);

/** Takes the file of one container into what is known of a node; undefined where it is something else. */
export function takeLogMonitor(
  before: NodeLogMonitor,
  file: string,
  value: unknown,
): NodeLogMonitor | undefined {
  const facts = shape(value, '', undefined);
  if (!facts || facts.container === '') return undefined;
  return {...before, containers: [...before.containers, {...facts, file}]};
}
