import koffi, {type TypeObject} from 'koffi';
import type {AdapterFacts} from '../../../src/protocol/node-facts.ts';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {type Handle, iphlpapi} from './library.ts';
import {withMemory} from './memory.ts';
import {addressText} from './sockaddr.ts';
import {wideAt} from './wide.ts';

/** Compartment of the host (NET_IF_COMPARTMENT_ID_PRIMARY). */
export const HOST_COMPARTMENT = 1;

const AF_UNSPEC = 0;
/** GAA_FLAG_…: no anycast, no multicast, gateways, all interfaces. */
const FLAGS = 0x02 | 0x04 | 0x80 | 0x100;
/** GAA_FLAG_INCLUDE_ALL_COMPARTMENTS: a pod has its own. Microsoft calls it reserved, and ipconfig /allcompartments uses it. */
const ALL_COMPARTMENTS = 0x200;
const ERROR_INVALID_PARAMETER = 87;
const ERROR_BUFFER_OVERFLOW = 111;
const ERROR_NO_DATA = 232;
/** What Microsoft advises to start with; grown by what the call asks for. */
const FIRST_BYTES = 64 * 1024;
/** The list may grow between two calls, but not for ever. */
const ATTEMPTS = 5;

const types = lazily(() => {
  const socketAddress = koffi.struct({sockaddr: 'uintptr_t', length: 'int32'});
  const adapter = koffi.struct({
    length: 'uint32',
    index: 'uint32',
    next: 'uintptr_t',
    guid: 'uintptr_t',
    unicast: 'uintptr_t',
    anycast: 'uintptr_t',
    multicast: 'uintptr_t',
    dns: 'uintptr_t',
    dnsSuffix: 'uintptr_t',
    description: 'uintptr_t',
    name: 'uintptr_t',
    mac: koffi.array('uint8', 8),
    macLength: 'uint32',
    flags: 'uint32',
    mtu: 'uint32',
    type: 'uint32',
    status: 'uint32',
    ipv6Index: 'uint32',
    zones: koffi.array('uint32', 16),
    prefix: 'uintptr_t',
    transmit: 'uint64',
    receive: 'uint64',
    wins: 'uintptr_t',
    gateway: 'uintptr_t',
    ipv4Metric: 'uint32',
    ipv6Metric: 'uint32',
    luid: 'uint64',
    dhcp: socketAddress,
    compartment: 'uint32',
  });
  // What lists of gateways and DNS servers begin with.
  const address = koffi.struct({
    length: 'uint32',
    flags: 'uint32',
    next: 'uintptr_t',
    address: socketAddress,
  });
  const unicast = koffi.struct({
    length: 'uint32',
    flags: 'uint32',
    next: 'uintptr_t',
    address: socketAddress,
    prefixOrigin: 'int32',
    suffixOrigin: 'int32',
    dadState: 'int32',
    valid: 'uint32',
    preferred: 'uint32',
    lease: 'uint32',
    prefixLength: 'uint8',
  });
  return {adapter, address, unicast};
});

interface Adapter {
  index: number;
  next: Handle;
  unicast: Handle;
  dns: Handle;
  description: Handle;
  name: Handle;
  mac: Uint8Array;
  macLength: number;
  mtu: number;
  status: number;
  ipv6Index: number;
  gateway: Handle;
  compartment: number;
}

interface Address {
  next: Handle;
  address: {sockaddr: Handle; length: number};
}

const api = lazily(() => {
  const addresses: (family: number, flags: number, reserved: null, into: Handle, bytes: number[]) => number =
    iphlpapi().func(
      'uint32 __stdcall GetAdaptersAddresses(uint32 family, uint32 flags, void *reserved, uintptr_t into, _Inout_ uint32 *bytes)',
    );
  return {addresses};
});

/**
 * Adapters of all compartments. It asks the DHCP and DNS clients over RPC, and takes seconds on a node with hundreds of
 * pods: it runs in a child process.
 */
export function listAdapters(): AdapterFacts[] {
  let flags = FLAGS | ALL_COMPARTMENTS;
  let size = FIRST_BYTES;
  for (let attempt = 1; ; attempt++) {
    const bytes = [size];
    const {code, found} = withMemory(size, into => {
      const code = api().addresses(AF_UNSPEC, flags, null, into, bytes);
      const list = code === 0 ? linked<Adapter>(into, types().adapter) : [];
      return {code, found: Array.from(list, adapterFacts)};
    });
    if (code === 0 || code === ERROR_NO_DATA) return found;
    if (code === ERROR_INVALID_PARAMETER && flags !== FLAGS) {
      flags = FLAGS;
      continue;
    }
    if (code !== ERROR_BUFFER_OVERFLOW || attempt === ATTEMPTS)
      throw win32Error('GetAdaptersAddresses', code);
    size = (bytes[0] ?? 0) + FIRST_BYTES;
  }
}

/** Follows `next` from the structure at `at`. */
function* linked<T extends {next: Handle}>(at: Handle, type: TypeObject): Generator<T> {
  for (let pointer = at; BigInt(pointer) !== 0n;) {
    const item: T = koffi.decode(pointer, type);
    yield item;
    pointer = item.next;
  }
}

function adapterFacts(adapter: Adapter): AdapterFacts {
  return {
    name: wideAt(adapter.name),
    description: wideAt(adapter.description),
    // An adapter without IPv4 has its index in Ipv6IfIndex only.
    index: adapter.index || adapter.ipv6Index,
    // NET_IF_COMPARTMENT_ID_UNSPECIFIED is 0.
    compartment: adapter.compartment || HOST_COMPARTMENT,
    mac: Buffer.from(adapter.mac.slice(0, adapter.macLength))
      .toString('hex')
      .replaceAll(/(?<=..)(?=(?:..)+$)/g, '-'),
    mtu: adapter.mtu,
    status: STATUSES[adapter.status] ?? 'unknown',
    addresses: [...linked<Address & {prefixLength: number}>(adapter.unicast, types().unicast)].flatMap(
      address => textOf(address).map(text => `${text}/${address.prefixLength}`),
    ),
    gateways: [...linked<Address>(adapter.gateway, types().address)].flatMap(textOf),
    dns: [...linked<Address>(adapter.dns, types().address)].flatMap(textOf),
  };
}

function textOf({address: {sockaddr, length}}: Address): string[] {
  const text = addressText(Buffer.from(koffi.decode(sockaddr, 'uint8', length)));
  return text === undefined ? [] : [text];
}

/** IF_OPER_STATUS (RFC 2863). */
const STATUSES: Record<number, string> = {
  1: 'up',
  2: 'down',
  3: 'testing',
  4: 'unknown',
  5: 'dormant',
  6: 'not-present',
  7: 'lower-layer-down',
};
