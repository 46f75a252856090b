import type {ResourceKey} from '../../src/kube/resources.ts';

/** Takes objects as the API server sent them, beside what is kept of them in memory. */
export interface RawObjects {
  add(key: ResourceKey, items: readonly unknown[]): void;
  /** States that a list, or its part of one namespace, is begun again. */
  forget(key: ResourceKey, namespace: string | undefined): void;
  /** States that a kind is done with. */
  finish(key: ResourceKey): void;
}
