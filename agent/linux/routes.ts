import {isIPv6} from 'node:net';

/** A route as /proc/net tells it; the interface by name. */
export interface ProcRoute {
  destination: string;
  nextHop: string;
  device: string;
  metric: number;
}

/** Flags of linux/route.h and linux/ipv6_route.h. */
const RTF_REJECT = 0x0200;
const RTF_LOCAL = 0x8000_0000;

/** Reads /proc/net/route: addresses as hexadecimal numbers in the byte order of the machine, which is little-endian everywhere here. */
export function parseIpv4Routes(text: string): ProcRoute[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap(line => {
      const [device, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/);
      if (device === undefined || !destination || !gateway || !flags || !metric || !mask) return [];
      if ((Number.parseInt(flags, 16) & RTF_REJECT) !== 0) return [];
      return [
        {
          destination: `${littleEndian(destination)}/${bitsOf(mask)}`,
          nextHop: littleEndian(gateway),
          device,
          metric: Number(metric),
        },
      ];
    });
}

/** Reads /proc/net/ipv6_route, without the local table's own addresses and without what is rejected. */
export function parseIpv6Routes(text: string): ProcRoute[] {
  return text.split('\n').flatMap(line => {
    const [destination, bits, , , gateway, metric, , , flags, device] = line.trim().split(/\s+/);
    if (!destination || !bits || !gateway || !metric || !flags || device === undefined) return [];
    const set = Number.parseInt(flags, 16);
    if ((set & RTF_REJECT) !== 0 || (set & RTF_LOCAL) !== 0) return [];
    const address = ipv6(destination);
    const nextHop = ipv6(gateway);
    // Multicast is of the local table, too.
    if (address === undefined || nextHop === undefined || address.startsWith('ff')) return [];
    const route = {device, metric: Number.parseInt(metric, 16), nextHop};
    return [{destination: `${address}/${Number.parseInt(bits, 16)}`, ...route}];
  });
}

function littleEndian(hex: string): string {
  return Buffer.from(hex, 'hex').reverse().join('.');
}

function bitsOf(mask: string): number {
  const ones = Number.parseInt(mask, 16).toString(2).replaceAll('0', '');
  return ones.length;
}

/** The URL parser writes addresses as RFC 5952 wants them. */
function ipv6(hex: string): string | undefined {
  const long = hex.match(/.{4}/g)?.join(':') ?? '';
  return isIPv6(long) ? new URL(`http://[${long}]`).hostname.slice(1, -1) : undefined;
}
