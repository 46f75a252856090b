import {parseAddress} from './cidr.ts';

/** An IPv4 or IPv6 address as a number. */
export interface Ip {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A network of either family. */
export interface IpNet extends Ip {
  readonly bits: number;
}

const WIDTH = {4: 32, 6: 128} as const;
const GROUP = /^[\da-f]{1,4}$/i;

/** Reads an address of either family; `undefined` where it is none. A zone (`fe80::1%12`) is passed over. */
export function parseIp(text: string): Ip | undefined {
  const [bare = ''] = text.trim().split('%');
  const v4 = parseAddress(bare);
  if (v4 !== undefined) return {family: 4, value: BigInt(v4)};
  const value = parseV6(bare);
  return value === undefined ? undefined : {family: 6, value};
}

/** Reads `10.96.0.0/12` or `fd00::/64`; `undefined` where it is no network. */
export function parseNet(text: string): IpNet | undefined {
  const [address = '', length = '', ...rest] = text.trim().split('/');
  const ip = parseIp(address);
  if (!ip || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  return bits > WIDTH[ip.family] ? undefined : {...ip, bits};
}

/** Whether a network holds an address. */
export function netHolds(net: IpNet, ip: Ip): boolean {
  const rest = BigInt(WIDTH[net.family] - net.bits);
  return net.family === ip.family && net.value >> rest === ip.value >> rest;
}

/** Whether a network holds all of another. */
export function netCovers(net: IpNet, other: IpNet): boolean {
  return net.bits <= other.bits && netHolds(net, other);
}

/** Whether two networks have an address in common. */
export function netsOverlap(a: IpNet, b: IpNet): boolean {
  return netCovers(a, b) || netCovers(b, a);
}

/** Whether two texts name one address: `fd00::1` and `FD00:0::1` do. What is no address equals its own text. */
export function sameIp(a: string, b: string): boolean {
  return ipKey(a) === ipKey(b);
}

/** A text that is equal for equal addresses; for maps. */
export function ipKey(text: string): string {
  // Most are IPv4, which is written in one way only.
  if (!text.includes(':')) return text.trim();
  const ip = parseIp(text);
  return ip ? `${ip.family}/${ip.value.toString(16)}` : text.trim().toLowerCase();
}

function parseV6(text: string): bigint | undefined {
  if (!text.includes(':')) return undefined;
  const last = text.slice(text.lastIndexOf(':') + 1);
  const embedded = parseAddress(last);
  const plain =
    embedded === undefined
      ? text
      : `${text.slice(0, -last.length)}${(embedded >>> 16).toString(16)}:${(embedded % 65_536).toString(16)}`;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map(half => (half === '' ? [] : half.split(':')));
  const gap = 8 - head.length - (tail?.length ?? 0);
  if (tail ? gap < 1 : gap !== 0) return undefined;
  const groups = [...head, ...Array<string>(gap).fill('0'), ...(tail ?? [])];
  if (!groups.every(group => GROUP.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
