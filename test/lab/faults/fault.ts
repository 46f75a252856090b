import type {Look} from './diagnose-lab.ts';
import type {Injector} from './injector.ts';
import type {ReadEdit} from './scene-reader.ts';

/** One fault and the check that must name it as the first root cause. */
export interface Fault {
  /** Id of the check. */
  id: string;
  /** The fault, as a fact. */
  title: string;
  /** Brings it about in the lab. */
  inject?: (into: Injector) => Promise<void>;
  /** Brings it about as objects are read, and why no real API server can hold it. */
  read?: {because: string; edit: ReadEdit};
  look?: Omit<Look, 'edit'>;
}

/** The faults of one scene. */
export interface FaultTable {
  scene: string;
  faults: readonly Fault[];
}
