import {hmac} from '@noble/hashes/hmac.js';
import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';

/** Networks that stay where they are, by their first bytes and the length of their prefix. */
export interface Range {
  readonly bytes: readonly number[];
  readonly bits: number;
  /** Addresses in it stay, too; else they are mixed among themselves. */
  readonly asIs: boolean;
}

/** How addresses of one family are mixed. */
export interface Shape {
  readonly family: '4' | '6';
  /** Leading bytes that are mixed; the others stay. */
  readonly mixed: number;
  readonly ranges: readonly Range[];
  /** Whether zeros at the beginning of a byte stay, as far as the bytes since `groupOf` are zero. */
  readonly keepsZeros: (byte: number) => boolean;
  /** First byte of the group that a byte belongs to. */
  readonly groupOf: (byte: number) => number;
}

/** Prefixes whose digests are remembered: a cluster has some thousand. */
const MAX_KNOWN = 20_000;

/**
 * Mixes addresses so that two that share a prefix of any length share one of the same length afterwards, and no more: for each prefix
 * the key decides whether the bit behind it is turned (Crypto-PAn: Xu, Fan, Ammar, Moon, "Prefix-preserving IP address anonymization",
 * ICNP 2002). So an address is in a network before if and only if it is afterwards.
 */
export class AddressTree {
  readonly #key: Uint8Array;
  readonly #shape: Shape;
  readonly #digests = new Map<string, Uint8Array>();

  constructor(key: Uint8Array, shape: Shape) {
    this.#key = key;
    this.#shape = shape;
  }

  mix(bytes: readonly number[]): number[] {
    const {ranges, mixed} = this.#shape;
    if (ranges.some(range => range.asIs && matches(range, bytes, range.bits))) return [...bytes];
    return bytes.map((byte, n) => (n < mixed ? this.#byte(bytes, n) : byte));
  }

  #byte(bytes: readonly number[], n: number): number {
    const {ranges, keepsZeros, groupOf} = this.#shape;
    const byte = bytes[n] ?? 0;
    const digest = this.#digest(bytes.slice(0, n));
    const zerosStay = keepsZeros(n) && bytes.slice(groupOf(n), n).every(before => before === 0);
    let mixed = 0;
    for (let bit = 0; bit < 8; bit++) {
      const path = byte >> (8 - bit);
      const node = (1 << bit) - 1 + path;
      const own = (byte >> (7 - bit)) & 1;
      const stays =
        (zerosStay && path === 0) ||
        ranges.some(range => range.bits > n * 8 + bit && matches(range, bytes, n * 8 + bit));
      const turned = stays ? 0 : ((digest[node >> 3] ?? 0) >> (node & 7)) & 1;
      mixed = (mixed << 1) | (own ^ turned);
    }
    return mixed;
  }

  /** One bit for each prefix that ends in the next byte. */
  #digest(before: readonly number[]): Uint8Array {
    const id = before.join('.');
    const known = this.#digests.get(id);
    if (known) return known;
    if (this.#digests.size >= MAX_KNOWN) this.#digests.clear();
    const digest = hmac(sha256, this.#key, utf8ToBytes(`ip${this.#shape.family}\0${id}`));
    this.#digests.set(id, digest);
    return digest;
  }
}

/** Whether the first bits of an address are those of a range. */
function matches(range: Range, bytes: readonly number[], bits: number): boolean {
  for (let n = 0; n * 8 < bits; n++) {
    const rest = Math.min(8, bits - n * 8);
    const mask = (0xff << (8 - rest)) & 0xff;
    if ((((range.bytes[n] ?? 0) ^ (bytes[n] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}
