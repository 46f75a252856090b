import type {Leg} from '../../../src/probes/types.ts';
import type {Breaker} from './breaker.ts';

/** A fault of the networks, and what `net check` must say of it. */
export interface NetFault {
  /** The fault, as a fact. */
  readonly title: string;
  readonly inject: (into: Breaker) => Promise<void> | void;
  /** Whether it shows as well where a Windows program under Wine is in a pod's compartment, from which it gets out through its host. */
  readonly underWine?: true;
  /** Flags of `net check`. */
  readonly flags?: readonly string[];
  readonly expect: {
    /** The check that tells it, as a cause and not as what follows from another. */
    readonly id: string;
    /** A leg of which a connection failed, or was slow. */
    readonly leg: Leg;
    /** `Kind/namespace/name` of the subject. */
    readonly subject: RegExp;
    readonly message: RegExp;
    /** Other checks that may tell what comes with it. */
    readonly beside?: readonly string[];
  };
}
