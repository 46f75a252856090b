import type {CollectorName} from '../../src/protocol/collectors.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';

/** What a collector may use beside the ports it was made with. */
export interface CollectContext {
  /** Fires at the collector's deadline and when the client is gone. What was started must end then. */
  readonly signal: AbortSignal;
}

/** One file that a collector made. */
export interface CollectedFile {
  /** Path below `host-collectors/<node>/<os>/`. */
  file: string;
  body: string;
  /** What was asked (see `CollectorLine.source`). */
  source: string;
  /** Why the body is only a part of what there is. */
  partial?: {reason: MissingReason; detail: string};
}

/** One file that a collector could not make, while it goes on with others. */
export interface MissingFile {
  file: string;
  source: string;
  missing: {reason: MissingReason; detail: string};
}

/**
 * Gets one family of facts of the node, read-only. What it throws becomes `missing`; one that fails, hangs or floods costs
 * only its own files. Collectors are made by functions that take their ports, so that tests pass their own.
 */
export interface Collector {
  readonly name: CollectorName;
  /** Milliseconds until its signal fires; what it has yielded by then is kept. */
  readonly timeoutMs: number;
  /** Bytes that one file may have; the rest is cut and said. */
  readonly maxBytes: number;
  collect(context: CollectContext): AsyncIterable<CollectedFile | MissingFile>;
}

/** Says in what way something could not be collected: `denied`, `unsupported`, `timeout`. */
export class CollectError extends Error {
  override readonly name = 'CollectError';
  readonly reason: MissingReason;

  constructor(reason: MissingReason, detail: string, cause?: unknown) {
    super(detail, {cause});
    this.reason = reason;
  }
}
