/** What a node of the model cannot do. */
export type Harm = 'isolated' | 'receives-nothing' | 'sends-nothing';

/**
 * A network as it is, for plans and judges to be held against; it knows neither of them. A packet goes where its sender sends, its
 * receiver receives, and the link between them, which has a direction, is whole.
 */
export class Network {
  readonly #mute: ReadonlySet<string>;
  readonly #deaf: ReadonlySet<string>;
  readonly #cut: ReadonlySet<string>;

  constructor(
    harmed: readonly (readonly [node: string, harm: Harm])[],
    cut: readonly (readonly [from: string, to: string])[] = [],
  ) {
    this.#mute = new Set(harmed.flatMap(([node, harm]) => (harm === 'receives-nothing' ? [] : [node])));
    this.#deaf = new Set(harmed.flatMap(([node, harm]) => (harm === 'sends-nothing' ? [] : [node])));
    this.#cut = new Set(cut.map(([from, to]) => `${from} ${to}`));
  }

  carries(from: string, to: string): boolean {
    if (from === to) return true;
    return !this.#mute.has(from) && !this.#deaf.has(to) && !this.#cut.has(`${from} ${to}`);
  }
}

/** Throws dice: numbers from 0 to one less than its sides (Park and Miller, "Random number generators", CACM 31, 1988). */
export function dice(seed: number): (sides: number) => number {
  let state = seed % MODULUS || 1;
  return sides => {
    state = (state * MULTIPLIER) % MODULUS;
    return Math.floor((state / MODULUS) * sides);
  };
}

const MODULUS = 2_147_483_647;
const MULTIPLIER = 48_271;
