import type {MissingReason} from '../snapshot/evidence.ts';

/**
 * One line of the NDJSON stream that answers `POST /v1/snapshot` (CONTRACT §6): a file that was collected, or why it was
 * not. A collector whose files are many sends a line for each.
 */
export type CollectorLine = CollectedLine | MissingLine;

interface LineFacts {
  /** Key of the file, or the collector's name where it made none. */
  key: string;
  tookMs: number;
  /** When it was collected, RFC 3339 in UTC by the node's own clock. */
  at: string;
  /** What was asked: `HcnEnumerateNetworks`, `/runtime.v1.RuntimeService/Version`, a path. */
  source: string;
}

export interface CollectedLine extends LineFacts {
  ok: true;
  /** Path below `host-collectors/<node>/<os>/`. */
  file: string;
  /** UTF-8 length of the body. */
  bytes: number;
  /** The file's whole text. JSON stays text, so that integers beyond 2^53 arrive as they were sent. */
  body: string;
  /** Set where the body is only a part: the cap was met, or the source failed half-way. */
  reason?: MissingReason;
  detail?: string;
}

export interface MissingLine extends LineFacts {
  ok: false;
  reason: MissingReason;
  /** One sentence: what was tried, what came back. */
  detail: string;
}
