/** Families of addresses, as Services name them. */
export type IpFamily = 'IPv4' | 'IPv6';

/** The family of an address. */
export function familyOf(address: string): IpFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
