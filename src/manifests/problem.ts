import type {Origin} from '../kube/types.ts';

/** Something in a manifest that cannot be read, or that checks cannot trust (POD015). */
export interface ManifestProblem {
  /** `file` and document of the problem; `pointer` is the place inside the document where it is known. */
  origin: Origin;
  /** 1-based; absent where the file as a whole is meant. */
  line?: number;
  column?: number;
  /** `syntax`, `duplicate-key`, `wrong-type` or `null`: the kind of problem, the same for every instance. */
  problem: 'syntax' | 'duplicate-key' | 'wrong-type' | 'null' | 'unreadable';
  /** One sentence with the values seen. */
  message: string;
  /** What the document says it is, where that can be read. */
  kind?: string;
  namespace?: string;
  name?: string;
}
