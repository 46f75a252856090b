import {allLogs} from '../logs/wanted.ts';
import type {WantedLog} from '../logs/wanted.ts';
import {statusesOf} from '../kube/pods.ts';
import type {Pod} from '../kube/types.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {compareText} from '../text/compare.ts';
import type {DoctorReport} from './report.ts';

/** Pods whose logs a page has: those that findings name, then those that restarted most. */
const MOST_PODS = 30;

/** Logs of pods that are not well, the most telling first. */
export function sickLogs(snapshot: Snapshot, {findings}: DoctorReport): WantedLog[] {
  const pods = evidenceOf(snapshot, 'pods');
  if (!pods.ok) return [];
  const ranks = new Map<string, number>();
  for (const {subjects} of findings) {
    for (const {kind, namespace = '', name} of subjects) {
      const key = `${namespace}/${name}`;
      if (kind === 'Pod' && !ranks.has(key)) ranks.set(key, ranks.size);
    }
  }
  const rankOf = ({metadata}: Pod): number =>
    ranks.get(`${metadata.namespace ?? ''}/${metadata.name}`) ?? Infinity;
  const chosen = pods.value
    .map(pod => ({pod, rank: rankOf(pod), restarts: restartsOf(pod)}))
    .filter(({pod, rank, restarts}) => rank < Infinity || restarts > 0 || !isWell(pod))
    .sort(
      (a, b) =>
        compareRanks(a.rank, b.rank) ||
        b.restarts - a.restarts ||
        compareText(a.pod.metadata.name, b.pod.metadata.name),
    )
    .slice(0, MOST_PODS);
  return allLogs(chosen.map(({pod}) => pod));
}

/** Two that have no rank are equal; their difference would be no number. */
function compareRanks(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function restartsOf(pod: Pod): number {
  return Math.max(0, ...statusesOf(pod).map(({status}) => status.restartCount ?? 0));
}

function isWell({status}: Pod): boolean {
  if (status.phase === 'Succeeded') return true;
  return status.phase === 'Running' && (status.containerStatuses ?? []).every(c => c.ready !== false);
}
