/** An IPv4 network: its first address as a number, and the length of its prefix. */
export interface Cidr {
  base: number;
  bits: number;
}

const OCTETS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The number of an IPv4 address; `undefined` where it is none. */
export function parseAddress(text: string): number | undefined {
  const match = OCTETS.exec(text);
  if (!match) return undefined;
  let address = 0;
  for (const octet of match.slice(1).map(Number)) {
    if (octet > 255) return undefined;
    address = address * 256 + octet;
  }
  return address;
}

/** Reads `10.96.0.0/12`; `undefined` where it is no IPv4 network. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = ''] = text.trim().split('/');
  const base = parseAddress(address);
  const bits = /^\d{1,2}$/.test(length) ? Number(length) : undefined;
  return base === undefined || bits === undefined || bits > 32 ? undefined : {base, bits};
}

/** Whether a network holds an address. */
export function holds({base, bits}: Cidr, address: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(base / size) === Math.floor(address / size);
}
