import {deriveWorkloads} from '../kube/workloads.ts';
import type {Workload} from '../kube/workloads.ts';
import type {Evidence} from './evidence.ts';
import type {Snapshot} from './snapshot.ts';
import {evidenceOf} from './snapshot.ts';

/** Evidence that workloads are derived from: pods, and what they come from. */
export const WORKLOAD_KEYS = [
  'pods',
  'deployments',
  'replicaSets',
  'daemonSets',
  'statefulSets',
  'jobs',
  'cronJobs',
] as const;

/** The workloads of what a snapshot holds of pods and controllers. */
export function workloadsOf(snapshot: Snapshot): Evidence<Workload[]> {
  return deriveWorkloads({
    pods: evidenceOf(snapshot, 'pods'),
    deployments: evidenceOf(snapshot, 'deployments'),
    replicaSets: evidenceOf(snapshot, 'replicaSets'),
    daemonSets: evidenceOf(snapshot, 'daemonSets'),
    statefulSets: evidenceOf(snapshot, 'statefulSets'),
    jobs: evidenceOf(snapshot, 'jobs'),
    cronJobs: evidenceOf(snapshot, 'cronJobs'),
  });
}
