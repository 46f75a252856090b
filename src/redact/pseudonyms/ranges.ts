import type {Range, Shape} from './tree.ts';

const kept = (bits: number, ...bytes: number[]): Range => ({bytes, bits, asIs: true});
const within = (bits: number, ...bytes: number[]): Range => ({bytes, bits, asIs: false});

/**
 * IPv4: the last byte stays, so that gateways, broadcasts and the tenth address of a network are still told by it, and so do zeros of the
 * third. Private networks stay private ones; what everybody knows is kept: this host, loopback, link-local and the metadata servers in
 * it, multicast and masks (https://www.iana.org/assignments/iana-ipv4-special-registry), Azure's 168.63.129.16, public resolvers.
 */
export const IPV4: Shape = {
  family: '4',
  mixed: 3,
  ranges: [
    kept(8, 0),
    kept(8, 127),
    kept(16, 169, 254),
    kept(3, 224),
    kept(24, 168, 63, 129),
    kept(24, 100, 100, 100),
    kept(24, 8, 8, 8),
    kept(24, 8, 8, 4),
    kept(24, 1, 1, 1),
    kept(24, 1, 0, 0),
    kept(24, 9, 9, 9),
    within(8, 10),
    within(12, 172, 16),
    within(16, 192, 168),
    within(10, 100, 64),
  ],
  keepsZeros: byte => byte === 2,
  groupOf: byte => byte,
};

/**
 * IPv6: the interface's own half stays, and zeros at the beginning of a group, so that an address is as long as before and `::` stands
 * where it stood. Kept: `::1` and what holds an IPv4 address, link-local, multicast, metadata servers, public resolvers.
 */
export const IPV6: Shape = {
  family: '6',
  mixed: 8,
  ranges: [
    kept(16, 0, 0),
    kept(32, 0x00, 0x64, 0xff, 0x9b),
    kept(10, 0xfe, 0x80),
    kept(8, 0xff),
    kept(32, 0xfd, 0x00, 0x0e, 0xc2),
    kept(48, 0x20, 0x01, 0x48, 0x60, 0x48, 0x60),
    within(8, 0xfd),
    within(8, 0xfc),
    within(3, 0x20),
  ],
  keepsZeros: () => true,
  groupOf: byte => byte - (byte % 2),
};
