import type {Layouts} from './custom.ts';
import type {FamilyEvidence} from './family.ts';

/** What the streams of one container share: one LogMonitor prints both. */
export interface Shared {
  evidence: FamilyEvidence;
  layouts: Layouts;
  /** See `Reading`. */
  fieldsOnly: boolean;
  /** Whether time and level of applications' lines are looked for. */
  recognizes: boolean | 'level';
}
