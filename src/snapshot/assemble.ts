import {RESOURCE_BY_KEY, apiVersionOf} from '../kube/resources.ts';
import type {ResourceKey, ResourceMap} from '../kube/resources.ts';
import {SHAPES} from '../kube/shapes.ts';
import type {Report} from '../kube/shape.ts';
import type {KubeObject, Pod} from '../kube/types.ts';
import {compareText} from '../text/compare.ts';
import type {Collected, Evidence, Missing} from './evidence.ts';
import {collected} from './evidence.ts';
import type {EvidenceKey, EvidenceMap, Snapshot, Source} from './snapshot.ts';
import {SpecPool} from './spec-pool.ts';
import {WORKLOAD_KEYS, workloadsOf} from './workloads.ts';

/**
 * Gathers evidence as it arrives, in whatever order and pieces, and puts it together as a Snapshot. Objects are read
 * through their shapes at once, so that only what checks need stays in memory.
 */
export class SnapshotAssembler {
  readonly #lists = new Map<ResourceKey, KubeObject[]>();
  readonly #evidence: {[K in EvidenceKey]?: Evidence<EvidenceMap[K]>} = {};
  readonly #gaps = new Map<ResourceKey, Missing>();
  readonly #specs = new SpecPool();

  /** Adds objects of one kind as the API or a file has them. What is no object at all is left out. */
  add(key: ResourceKey, items: readonly unknown[], report?: Report): void {
    let list = this.#lists.get(key);
    if (!list) this.#lists.set(key, (list = []));
    for (const item of items) {
      const object = this.read(key, item, report);
      if (object) list.push(object);
    }
  }

  /** Keeps an object that `read` has made. */
  keep(key: ResourceKey, object: KubeObject): void {
    let list = this.#lists.get(key);
    if (!list) this.#lists.set(key, (list = []));
    list.push(object);
  }

  /** Reads one object through its shape without keeping it. */
  read<K extends ResourceKey>(key: K, item: unknown, report?: Report): ResourceMap[K][number] | undefined {
    const object = SHAPES[key](item, '', report);
    const resource = RESOURCE_BY_KEY.get(key);
    if (!object || !resource) return undefined;
    // Lists leave the identity of their items out.
    object.apiVersion = apiVersionOf(resource);
    object.kind = resource.kind;
    if (isPod(object)) this.#specs.share(object);
    return object;
  }

  /** States that a kind was read in part, or not at all where nothing was added; the first reason stands. */
  miss(key: ResourceKey, missing: Missing): void {
    if (!this.#gaps.has(key)) this.#gaps.set(key, missing);
  }

  /** Sets evidence that is no list of API objects. */
  set<K extends EvidenceKey>(key: K, evidence: Evidence<EvidenceMap[K]>): void {
    Object.assign(this.#evidence, {[key]: evidence});
  }

  /** Whether anything was read of a kind. */
  has(key: ResourceKey): boolean {
    return this.#lists.has(key);
  }

  /** What was read of a kind so far, in the order in which it came. */
  items<K extends ResourceKey>(key: K): readonly ResourceMap[K][number][] {
    // `read` made every item of a list by the shape of its key.
    return this.#lists.get(key) ?? [];
  }

  /** Forgets what was read of a kind, of one namespace or of all: its list has to be begun again. */
  forget(key: ResourceKey, namespace?: string): void {
    const list = this.#lists.get(key);
    if (!list) return;
    const rest = namespace === undefined ? [] : list.filter(o => o.metadata.namespace !== namespace);
    this.#lists.set(key, rest);
  }

  /** Sorts everything by namespace and name, derives workloads, and closes the evidence. */
  build(source: Source, now: string = source.collectedAt): Snapshot {
    for (const [key, list] of this.#lists) {
      list.sort(compareObjects);
      this.#put(key, collected(list, this.#gaps.get(key)));
    }
    for (const [key, gap] of this.#gaps) if (!this.#lists.has(key)) this.#put(key, gap);
    const snapshot: Snapshot = {schema: 1, now, source, evidence: this.#evidence};
    if (!this.#evidence.workloads && WORKLOAD_KEYS.some(key => this.#evidence[key])) {
      this.#evidence.workloads = workloadsOf(snapshot);
    }
    return snapshot;
  }

  #put(key: ResourceKey, evidence: Collected<KubeObject[]> | Missing): void {
    // `read` made every item of a list by the shape of its key.
    Object.assign(this.#evidence, {[key]: evidence});
  }
}

function isPod(object: KubeObject): object is Pod {
  return object.kind === 'Pod';
}

function compareObjects(a: KubeObject, b: KubeObject): number {
  return (
    compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compareText(a.metadata.name, b.metadata.name)
  );
}
