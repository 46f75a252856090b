import {slicesByService, slicesOf} from '../kube/services.ts';
import type {EndpointSlice, KubeObject, Service} from '../kube/types.ts';
import {once} from '../once/once.ts';
import {millis} from '../snapshot/time.ts';

/** When a controller last saw a change of the pods behind a slice. */
const TRIGGER = 'endpoints.kubernetes.io/last-change-trigger-time';

const bySlices = once(slicesByService);
const changes = new WeakMap<Service, {slices: readonly EndpointSlice[]; at: number | undefined}>();

/** The EndpointSlices of a Service among all; they are indexed once. */
export function ownSlices(service: Service, slices: readonly EndpointSlice[]): EndpointSlice[] {
  return slicesOf(service, bySlices(slices));
}

/**
 * When a Service or any of its EndpointSlices last changed, by their own times, in milliseconds since 1970; undefined where one
 * of them has none.
 */
export function changedAt(service: Service, slices: readonly EndpointSlice[]): number | undefined {
  const known = changes.get(service);
  if (known?.slices === slices) return known.at;
  const times = [service, ...ownSlices(service, slices)].map(lastChange);
  const at = times.includes(undefined) ? undefined : Math.max(...times.map(t => t ?? 0));
  changes.set(service, {slices, at});
  return at;
}

function lastChange({metadata}: KubeObject): number | undefined {
  const {creationTimestamp, managedFields = [], annotations} = metadata;
  const times = [creationTimestamp, annotations?.[TRIGGER], ...managedFields.map(m => m.time)];
  const known = times.flatMap(time => millis(time) ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}
