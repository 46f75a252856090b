import type {KubeObject} from '../kube/types.ts';
import type {AgentOs} from '../protocol/names.ts';

/** One fact that proves an outcome: where it stands, and the value seen there. */
export type Ref = ObjectRef | FileRef | LogRef | ProbeRef;

/** A place in an object of the API. */
export interface ObjectRef {
  object: KubeObject;
  /** RFC 6901 pointer inside the object as the API has it: `/status/conditions/0`. */
  pointer: string;
  value?: unknown;
}

/** A place in a file that an agent collected. */
export interface FileRef {
  node: string;
  os: AgentOs;
  /** Path below `host-collectors/<node>/<os>/`. */
  file: string;
  /** RFC 6901 pointer in JSON and TOML; `/12` is the event of that position in an event log, and that line in a log. */
  pointer: string;
  value?: unknown;
}

/** A line of a container's log. Only parts of a log may have been read, so nothing counts its lines. */
export interface LogRef {
  log: {namespace: string; pod: string; container: string; previous: boolean};
  pointer: '';
  /** The line, or what of the log was counted. */
  value?: unknown;
}

/** A connection that was tried. */
export interface ProbeRef {
  /** Id of the probe. */
  probe: string;
  pointer: '';
  /** What came of it, in words. */
  value?: unknown;
}
