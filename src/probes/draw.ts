/** Chooses `count` of many things by their hashes, for one drawer among many: linear, and always the same for that drawer. */
export function draw(hashes: Uint32Array, drawer: string, count: number): number[] {
  return heaviest(hashes, hashOf(drawer), count);
}

/**
 * Positions of the things with which `own` has the greatest pair hashes, the greatest first. The loop runs for every pair of a
 * fleet: it calls nothing until something is to be kept.
 */
export function heaviest(hashes: Uint32Array, own: number, count: number): number[] {
  if (count <= 0) return [];
  const kept: {index: number; weight: number}[] = [];
  const factor = Math.imul(own, GOLDEN);
  let least = -1;
  for (let i = 0; i < hashes.length; i++) {
    const weight = mix(factor ^ (hashes[i] ?? 0));
    if (weight <= least) continue;
    let at = kept.length;
    while (at > 0 && (kept[at - 1]?.weight ?? 0) < weight) at--;
    kept.splice(at, 0, {index: i, weight});
    if (kept.length > count) kept.pop();
    if (kept.length === count) least = kept.at(-1)?.weight ?? -1;
  }
  return kept.map(k => k.index);
}

/** One of many things that stand in an order of their own: as many drawers come to each, and it takes one step however many there are. */
export function drawOne<T>(things: readonly T[], drawer: string): T | undefined {
  return things[hashOf(drawer) % things.length];
}

/** 2³² divided by the golden ratio: neighbours come to lie far apart. */
const GOLDEN = 0x9e_37_79_b1;

/** FNV-1a over the text, then mixed (http://www.isthe.com/chongo/tech/comp/fnv/). 32 bits, unsigned. */
export function hashOf(text: string, seed = 0): number {
  let hash = 0x81_1c_9d_c5 ^ seed;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01_00_01_93);
  return mix(hash);
}

/** One number for an ordered pair of hashes. */
export function pairHash(a: number, b: number): number {
  return mix(Math.imul(a, GOLDEN) ^ b);
}

/** The finalizer of MurmurHash3: every bit of the result depends on every bit given. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85_eb_ca_6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2_b2_ae_35);
  return (h ^ (h >>> 16)) >>> 0;
}
