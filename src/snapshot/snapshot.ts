import type {ResourceMap} from '../kube/resources.ts';
import type {ServerVersion} from '../kube/types.ts';
import type {Workload} from '../kube/workloads.ts';
import type {Pipeline} from '../manifests/pipeline.ts';
import type {ManifestDocument} from '../manifests/document.ts';
import type {ImageConfig} from '../manifests/image-config.ts';
import type {PodLog} from '../logs/summary.ts';
import type {LogMonitorConfig} from '../parse/logmonitor-config/config.ts';
import type {NodeEvidence} from '../node/evidence.ts';
import type {Probing} from '../probes/evidence.ts';
import type {Evidence, Missing} from './evidence.ts';
import {missing} from './evidence.ts';

/** What a user said of the CI build farm to be judged (`--ci-namespace`, `--ci-service-account`, `--delegate`). */
export interface CiRequest {
  namespace: string;
  serviceAccount: string;
  /** `NAMESPACE/NAME` of the delegate's workload. */
  delegate?: {namespace: string; name: string};
}

/** Facts that come from other places than API lists. */
export interface OtherEvidence {
  /** `GET /version`. */
  version: ServerVersion;
  /** Pods under what a user edits (derived from pods and controllers). */
  workloads: Workload[];
  /** Every document of `lint`'s input, with what could not be read of it. */
  manifests: ManifestDocument[];
  /** CI pipelines among `lint`'s input. */
  pipelines: Pipeline[];
  /** Configurations of LogMonitor among `lint`'s input, in files of their own and in ConfigMaps. */
  logMonitorConfigs: LogMonitorConfig[];
  /** What images start, by their configurations among `lint`'s input. */
  imageConfigs: ImageConfig[];
  /** What the logs of Windows containers come to. */
  'pod.logs': PodLog[];
  ciRequest: CiRequest;
  /** Connections that agents tried (`--probe`, `net check`). */
  probes: Probing;
  /**
   * A second look at what was suspected (`--confirm`): a Snapshot of its own, of the nodes and kinds of evidence concerned.
   * Checks do not read it; what they say of it confirms or takes back what they said before (`checks/confirm.ts`).
   */
  secondLook: Snapshot;
}

/** Every kind of evidence that a check may declare, with the type of its value. */
export interface EvidenceMap extends ResourceMap, OtherEvidence, NodeEvidence {}

export type EvidenceKey = keyof EvidenceMap;

/** Where evidence was taken from. */
export interface Source {
  kind: 'cluster' | 'capture' | 'files';
  /** kubeconfig context, path of the capture, or the files as they were named. */
  name: string;
  /** RFC 3339, UTC. */
  collectedAt: string;
}

/** Typed evidence of one moment. Checks are pure functions of it. */
export interface Snapshot {
  /** Version of this shape. */
  readonly schema: 1;
  /** The moment at which it is judged, RFC 3339; `source.collectedAt` unless `--now` says otherwise. */
  readonly now: string;
  readonly source: Source;
  readonly evidence: {readonly [K in EvidenceKey]?: Evidence<EvidenceMap[K]>};
}

const NO_FARM =
  'name the build farm: `--ci-namespace` and `--ci-service-account`, and its delegate by `--delegate NAMESPACE/NAME`';
const NO_PROBES = 'no connection was tried: `doctor --probe quick` or `net check` do';
const NO_AGENT = 'node state needs the agent, and none was asked';

/** The evidence of a key. What nobody collected is missing as `not-requested`. */
export function evidenceOf<K extends EvidenceKey>(snapshot: Snapshot, key: K): Evidence<EvidenceMap[K]> {
  const found: Evidence<EvidenceMap[K]> | undefined = snapshot.evidence[key];
  return found ?? notRequested(key);
}

function notRequested(key: EvidenceKey): Missing {
  if (key.startsWith('node.')) return missing('not-requested', NO_AGENT);
  if (key === 'pod.logs') return missing('not-requested', 'logs of containers were not collected');
  if (key === 'probes') return missing('not-requested', NO_PROBES);
  if (key === 'ciRequest') return missing('not-requested', NO_FARM);
  if (key === 'secondLook') return missing('not-requested', 'no second look was taken');
  return missing('not-requested', `${key} were not collected`);
}
