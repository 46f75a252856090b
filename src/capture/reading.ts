import type {ResourceKey} from '../kube/resources.ts';
import type {Missing} from '../snapshot/evidence.ts';
import type {BundleManifest} from './manifest.ts';

/** What was seen of one kind of objects while a capture was read. */
export interface KindReading {
  /** Namespaces whose files were read (`''` for a file of all or of a cluster-scoped kind). */
  read: Set<string>;
  /** Why files could not be read, or not wholly: by namespace, `''` as above. */
  failed: Map<string, Missing>;
  /** Namespaces of the objects themselves. */
  namespaces: Set<string>;
  /** Objects came in a list of all, not one by one. */
  listed: boolean;
  /** Objects came one by one. */
  single: boolean;
}

/** All that a layout needs to say what is missing. */
export interface Reading {
  kinds: ReadonlyMap<ResourceKey, KindReading>;
  /** Names of Namespace objects. */
  namespaces: ReadonlySet<string>;
  /** `<plural>.<group>` of the CustomResourceDefinitions. */
  customKinds: ReadonlySet<string>;
  manifest?: BundleManifest;
  paths: readonly string[];
}

/** An empty record of a kind. */
export function kindReading(): KindReading {
  return {read: new Set(), failed: new Map(), namespaces: new Set(), listed: false, single: false};
}
