import type {LogFamily} from '../../logs/record.ts';

const RANK: Record<LogFamily, number> = {'1': 1, '2.0': 2, '2.1': 3, '2.1.2': 4, '2.2': 5};

/** What is known of the version so far. */
export interface FamilyState {
  family: LogFamily | null;
  exact: boolean;
}

/** What the shapes in a stream say about the version of LogMonitor, as it reads on. */
export class FamilyEvidence {
  /** The oldest family that prints all that was seen since the program last changed. */
  family: LogFamily | null;
  #rank: number;
  /** Whether nothing newer than `family` prints what was seen. */
  #exact: boolean;

  constructor({family, exact}: FamilyState = {family: null, exact: false}) {
    this.family = family;
    this.#rank = family === null ? 0 : RANK[family];
    this.#exact = exact;
  }

  get state(): FamilyState {
    return {family: this.family, exact: this.#exact};
  }

  /** Notes a shape that this family prints and older ones do not. */
  atLeast(family: LogFamily): void {
    if (family === this.family || this.#rank >= RANK[family]) return;
    this.family = family;
    this.#rank = RANK[family];
    this.#exact = false;
  }

  /** Notes a shape that only this family prints: a stream of a newer one was another program. */
  exactly(family: LogFamily): void {
    this.family = family;
    this.#rank = RANK[family];
    this.#exact = true;
  }

  /** Whether the escapes of JSON are those of 2.2, which lose nothing. */
  get escapesWell(): boolean {
    return this.family === '2.2';
  }

  /** Whether lines of processes are printed as they are, from 2.1.2 on. */
  get copiesProcess(): boolean {
    return this.family === '2.1.2' || this.family === '2.2';
  }

  /** Whether lines of processes are surely escaped: 2.0 had no other way. */
  get escapesProcess(): boolean {
    return this.#exact && this.family === '2.0';
  }
}
