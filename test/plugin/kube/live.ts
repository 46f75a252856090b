import type {ExecutionContext} from 'ava';
import type {LiveOptions} from '../../../plugin/kube/load-live.ts';
import {loadLive} from '../../../plugin/kube/load-live.ts';
import type {Clock} from '../../../plugin/kube/clock.ts';
import type {EvidenceKey, Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Raw} from '../../helpers/raw.ts';
import type {Fault} from './api-double.ts';
import {ApiDouble} from './api-double.ts';

/** A clock that does not wait, and remembers for how long it should have. */
export class PatientClock implements Clock {
  readonly waits: number[] = [];

  now(): number {
    return Date.parse('2026-09-01T12:00:00Z');
  }

  async sleep(ms: number): Promise<void> {
    this.waits.push(ms);
  }
}

/** A double of the healthy cluster that lives as long as the test. */
export async function double(
  t: ExecutionContext,
  fault?: Fault,
  objects: readonly Raw[] = healthy().objects,
): Promise<ApiDouble> {
  const api = await new ApiDouble(objects, fault).start();
  t.teardown(() => api.stop());
  return api;
}

/** Collects from a double. */
export function collect(api: ApiDouble, more: Partial<LiveOptions> = {}): Promise<Snapshot> {
  return loadLive({
    access: more.access ?? api.access(),
    signal: new AbortController().signal,
    clock: new PatientClock(),
    ...more,
  });
}

/** How many objects there are of a kind, and what is said to be missing of it. */
export function seen(snapshot: Snapshot, key: EvidenceKey): {count: number; gap: string} {
  const evidence = evidenceOf(snapshot, key);
  if (!evidence.ok) return {count: 0, gap: `${evidence.reason}: ${evidence.detail}`};
  const {partial} = evidence;
  return {
    count: Array.isArray(evidence.value) ? evidence.value.length : 1,
    gap: partial ? `${partial.reason}: ${partial.detail}` : '',
  };
}

/** Many pods of one Deployment. */
export function manyPods(count: number): Raw[] {
  const pod = healthy().objects.find(o => o.kind === 'Pod' && o.metadata.namespace === 'shop');
  if (!pod) throw new Error('the healthy cluster has no pod in shop');
  return Array.from({length: count}, (_, i) => ({...pod, metadata: {...pod.metadata, name: `web-${i}`}}));
}

/** Sorts names. */
export function byText(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}
