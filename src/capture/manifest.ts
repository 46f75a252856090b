import {fields, flag, integer, list, text} from '../kube/shape.ts';
import type {Reader} from '../kube/shape.ts';
import type {MissingReason} from '../snapshot/evidence.ts';

/** Evidence that a bundle lacks, or has only in part. */
export interface ManifestGap {
  /** Key of the evidence: `pods`, `runtimeClasses`, `node.hns`. */
  what: string;
  node?: string;
  reason: string;
  detail: string;
  /** Some of it is there. */
  partial?: boolean;
}

/** `kubectl-win/manifest.json` (CONTRACT §4). */
export interface BundleManifest {
  apiVersion: string;
  kind: string;
  tool: {version: string};
  /** When it was collected, RFC 3339. */
  time: string;
  cluster: {name?: string};
  files: {
    path: string;
    bytes?: number;
    sha256?: string;
    /** What was asked. */
    source?: string;
    tookMs?: number;
    /** How often something was taken out of it. */
    redactions?: number;
  }[];
  missing: ManifestGap[];
}

/** Reads a manifest; what does not fit is left out. */
export const readManifest: Reader<BundleManifest> = fields<BundleManifest>(
  {
    apiVersion: text,
    kind: text,
    tool: fields<{version: string}>({version: text}, {version: ''}),
    time: text,
    cluster: fields({name: text}),
    files: list(
      fields<BundleManifest['files'][number]>(
        {path: text, bytes: integer, sha256: text, source: text, tookMs: integer, redactions: integer},
        {path: ''},
      ),
    ),
    missing: list(
      fields<ManifestGap>(
        {what: text, node: text, reason: text, detail: text, partial: flag},
        {what: '', reason: 'failed', detail: ''},
      ),
    ),
  },
  {apiVersion: '', kind: '', tool: {version: ''}, time: '', cluster: {}, files: [], missing: []},
);

const REASONS: readonly MissingReason[] = ['unsupported', 'denied', 'timeout', 'failed', 'not-requested'];

/** A reason as this version knows it; what newer ones write counts as `failed`. */
export function reasonOf(gap: ManifestGap): MissingReason {
  return REASONS.find(r => r === gap.reason) ?? 'failed';
}
