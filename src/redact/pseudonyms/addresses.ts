import type {Edit} from '../edit.ts';
import {IPV4, IPV6} from './ranges.ts';
import {AddressTree} from './tree.ts';

/** Four numbers that no further one joins: versions and names of standards have more, or larger ones. */
const DOTTED = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)(\\?\/\d{1,2}(?!\d))?/g;
/** The same in names: `ip-10-0-1-2.ec2.internal`, `10-244-1-5.shop.pod.cluster.local`. */
const HYPHENED =
  /(?:(?<=\bip-)(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?!\d|-\d)|(?<![\w-])(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})(?=\.[a-z][a-z0-9-]*\.pod\b))/g;
/** What stands before a number of four parts that is a version. */
const VERSION = /version["'\\]{0,4}\s?[:=]?\s?["'\\]{0,4}v?$/i;
const BEFORE = 16;

const FULL_V6 = /(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])/g;
const V6_BEFORE = /[0-9A-Fa-f:]{0,39}$/;
const V6_AFTER = /[0-9A-Fa-f:.]{0,45}/y;
const LENGTH_AFTER = /\\?\/(\d{1,3})(?!\d)/y;
const GROUP = /^[0-9A-Fa-f]{1,4}$/;

/** Addresses whose pseudonyms are remembered. */
const MAX_KNOWN = 50_000;

/** Replaces addresses in texts of any kind, network by network. */
export class Addresses {
  readonly #v4: AddressTree;
  readonly #v6: AddressTree;
  readonly #known = new Map<string, string>();

  constructor(key: Uint8Array) {
    this.#v4 = new AddressTree(key, IPV4);
    this.#v6 = new AddressTree(key, IPV6);
  }

  /** A text with pseudonyms, and how many. */
  replace(text: string): {text: string; times: number} {
    const v6 = this.#v6Edits(text);
    const with6 = applied(text, v6);
    let times = v6.length;
    const count = (before: string, after: string): string => {
      if (before !== after) times++;
      return after;
    };
    const dotted = with6.replace(DOTTED, (whole, a, b, c, d, length, at: number) =>
      VERSION.test(with6.slice(Math.max(0, at - BEFORE), at))
        ? whole
        : count(whole, this.#known4([a, b, c, d], '.', typeof length === 'string' ? length : '') ?? whole),
    );
    const all = dotted.replace(HYPHENED, (whole, a, b, c, d, e, f, g, h) =>
      count(whole, this.#known4(a === undefined ? [e, f, g, h] : [a, b, c, d], '-', '') ?? whole),
    );
    return {text: all, times};
  }

  #known4(parts: readonly string[], joint: string, length: string): string | undefined {
    const id = parts.join(joint) + length;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const bytes = parts.map(Number);
    if (bytes.some(byte => byte > 255)) return undefined;
    const mixed = this.#v4.mix(bytes);
    const bits = length === '' ? 32 : Number(length.replace(/\D/g, ''));
    const own = isBase(bytes, bits) ? masked(mixed, bits) : mixed;
    return this.#remember(id, own.join(joint) + length);
  }

  #remember(id: string, pseudonym: string): string {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(id, pseudonym);
    return pseudonym;
  }

  #v6Edits(text: string): Edit[] {
    const edits: Edit[] = [];
    const add = (start: number, end: number): void => {
      const own = text.slice(start, end);
      LENGTH_AFTER.lastIndex = end;
      const bits = Number(LENGTH_AFTER.exec(text)?.[1] ?? 128);
      const by = this.#v6Text(own, bits);
      if (by !== undefined && by !== own) edits.push({start, end, by, rule: ''});
    };
    for (let at = text.indexOf('::'), done = 0; at !== -1; at = text.indexOf('::', Math.max(at + 2, done))) {
      const before = V6_BEFORE.exec(text.slice(Math.max(done, at - 40), at))?.[0] ?? '';
      V6_AFTER.lastIndex = at;
      const after = (V6_AFTER.exec(text)?.[0] ?? '').replace(/(?:(?<!:):|\.+)$/, '');
      done = at + after.length;
      if (/\w/.test(text[done] ?? '')) continue;
      const start = startOf(text, at - before.length);
      if (start !== undefined && start <= at) add(start, done);
    }
    for (const {index, 0: own} of text.matchAll(FULL_V6)) {
      const start = startOf(text, index);
      if (start === index) add(start, index + own.length);
    }
    return edits.sort((a, b) => a.start - b.start);
  }

  /** Groups keep their places and lengths; undefined where it is no address. */
  #v6Text(own: string, bits: number): string | undefined {
    const id = `${own}/${bits}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const bytes = Array<number>(16).fill(0);
    const places: number[] = [];
    const pieces = own.split(/(:{1,2})/);
    const gap = pieces.indexOf('::');
    const groups = pieces.filter((piece, n) => n % 2 === 0 && piece !== '' && !piece.includes('.'));
    const isDotted = own.includes('.');
    const wanted = isDotted ? 6 : 8;
    if (gap === -1 ? groups.length !== wanted : groups.length > wanted - 1) return undefined;
    if (!groups.every(group => GROUP.test(group)) || pieces.lastIndexOf('::') !== gap) return undefined;
    let place = 0;
    for (const [n, piece] of pieces.entries()) {
      if (n === gap) place = wanted - pieces.slice(n).filter(p => GROUP.test(p)).length;
      if (n % 2 === 1 || !GROUP.test(piece)) continue;
      const value = Number.parseInt(piece, 16);
      bytes[place * 2] = value >> 8;
      bytes[place * 2 + 1] = value & 0xff;
      places[n] = place++;
    }
    const mixed = this.#v6.mix(bytes);
    const last = isBase(bytes, bits) ? masked(mixed, bits) : mixed;
    const made = pieces.map((piece, n) => {
      const at = places[n];
      return at === undefined
        ? piece
        : groupText(((last[at * 2] ?? 0) << 8) | (last[at * 2 + 1] ?? 0), piece);
    });
    return this.#remember(id, made.join(''));
  }
}

/** As it was written: as many digits, in capitals or not. */
function groupText(value: number, like: string): string {
  const digits = value.toString(16).padStart(like.length, '0');
  return /[A-F]/.test(like) ? digits.toUpperCase() : digits;
}

/** Where an address begins that letters may touch which are no part of it: the `b` of an escape; undefined where it is none. */
function startOf(text: string, start: number): number | undefined {
  const before = text[start - 1] ?? '';
  if (before === '\\' && /[bf]/.test(text[start] ?? '')) return start + 1;
  const isEscape = text[start - 2] === '\\' && /[nrt]/.test(before);
  return /\w/.test(before) && !isEscape ? undefined : start;
}

/** Whether an address is the first of a network: all bits behind its prefix are zero. */
function isBase(bytes: readonly number[], bits: number): boolean {
  return bits < bytes.length * 8 && masked(bytes, bits).every((byte, n) => byte === bytes[n]);
}

function masked(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, n) => byte & (0xff << Math.max(0, 8 - Math.max(0, bits - n * 8))) & 0xff);
}

function applied(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const {start, end, by} of edits) {
    if (start < at) continue;
    parts.push(text.slice(at, start), by);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
