import type {Origin} from '../kube/types.ts';

/** Something in a manifest that cannot be read, or that checks cannot trust (POD015). */
export interface ManifestProblem {
  /** The document, and the place inside it by pointer or by line and column. */
  origin: Origin;
  problem: 'syntax' | 'duplicate-key' | 'wrong-type' | 'null' | 'template';
  /** One sentence with the values seen. */
  message: string;
}

/** One document of `lint`'s input. */
export interface ManifestDocument {
  origin: Origin;
  /** What the document says it is, where that can be read. */
  kind?: string;
  namespace?: string;
  name?: string;
  problems: ManifestProblem[];
}
