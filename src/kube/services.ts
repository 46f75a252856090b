import {idOf} from './workloads.ts';
import type {Workload} from './workloads.ts';
import type {EndpointSlice, Pod, Service} from './types.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';

export type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

/** EndpointSlices by the Service they belong to: `namespace/name`. */
export function slicesByService(slices: readonly EndpointSlice[]): Map<string, EndpointSlice[]> {
  const owned = slices.filter(({metadata}) => metadata.labels?.[SERVICE_LABEL] !== undefined);
  return Map.groupBy(
    owned,
    ({metadata}) => `${metadata.namespace ?? ''}/${metadata.labels?.[SERVICE_LABEL] ?? ''}`,
  );
}

/** The slices of a Service in what `slicesByService` made. */
export function slicesOf(service: Service, slices: Map<string, EndpointSlice[]>): EndpointSlice[] {
  return slices.get(`${service.metadata.namespace ?? ''}/${service.metadata.name}`) ?? [];
}

/**
 * Endpoints that kube-proxy sends traffic to: the ready ones, and where there are none those that still serve while they
 * end. A missing condition means ready (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/).
 */
export function usableEndpoints(slices: readonly EndpointSlice[]): Endpoint[] {
  const all = slices.flatMap(s => s.endpoints ?? []);
  const ready = all.filter(e => e.conditions?.ready !== false);
  if (ready.length > 0) return ready;
  return all.filter(e => e.conditions?.serving === true && e.conditions.terminating === true);
}

/** A workload behind a Service, with those of its pods that the Service selects. */
export interface Backend {
  workload: Workload;
  pods: Pod[];
}

/**
 * Finds what Services select. Workloads are found by the labels of their pods, or of their template where they have no
 * pod. Made once for all Services, so that many Services over many pods cost no more than their matches.
 */
export class Selection {
  /** namespace → label → value → what bears it. */
  readonly #index = new Map<string, Map<string, Map<string, Labelled[]>>>();

  constructor(workloads: readonly Workload[], services: readonly Service[]) {
    for (const {metadata, spec} of services) {
      for (const [key, value] of Object.entries(spec.selector ?? {})) {
        this.#slot(metadata.namespace ?? '', key, value, true);
      }
    }
    for (const workload of workloads) {
      for (const pod of workload.pods) {
        this.#add(pod.metadata.namespace, {labels: pod.metadata.labels ?? {}, workload, pod});
      }
      const {template, owner} = workload;
      if (workload.pods.length === 0 && template) {
        this.#add(owner.metadata.namespace, {labels: template.labels, workload});
      }
    }
  }

  /** Workloads with pods (or a template) that the Service selects; none for a Service without a selector. */
  of({metadata, spec}: Service): Backend[] {
    const pairs = Object.entries(spec.selector ?? {});
    if (pairs.length === 0) return [];
    const candidates = pairs
      .map(([key, value]) => this.#slot(metadata.namespace ?? '', key, value, false) ?? [])
      .reduce((a, b) => (b.length < a.length ? b : a));
    const backends = new Map<string, Backend>();
    for (const {labels, workload, pod} of candidates) {
      if (!pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)) continue;
      const id = idOf(workload.owner);
      const backend = backends.get(id) ?? {workload, pods: []};
      if (pod) backend.pods.push(pod);
      backends.set(id, backend);
    }
    return [...backends.values()];
  }

  #add(namespace: string | undefined, item: Labelled): void {
    const inNamespace = this.#index.get(namespace ?? '');
    if (!inNamespace) return;
    for (const [key, value] of Object.entries(item.labels)) inNamespace.get(key)?.get(value)?.push(item);
  }

  #slot(namespace: string, key: string, value: string, make: boolean): Labelled[] | undefined {
    let byKey = this.#index.get(namespace);
    if (!byKey && make) this.#index.set(namespace, (byKey = new Map()));
    let byValue = byKey?.get(key);
    if (!byValue && make) byKey?.set(key, (byValue = new Map()));
    let slot = byValue?.get(value);
    if (!slot && make) byValue?.set(value, (slot = []));
    return slot;
  }
}

const selections = new WeakMap<readonly Workload[], {services: readonly Service[]; selection: Selection}>();

/** The selection of a list of Services over a list of workloads; it is made once. */
export function selectionOf(workloads: readonly Workload[], services: readonly Service[]): Selection {
  const known = selections.get(workloads);
  if (known?.services === services) return known.selection;
  const selection = new Selection(workloads, services);
  selections.set(workloads, {services, selection});
  return selection;
}

interface Labelled {
  labels: Record<string, string>;
  workload: Workload;
  pod?: Pod;
}
