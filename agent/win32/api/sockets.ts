import type {PortProtocol} from '../../../src/protocol/node-facts.ts';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {iphlpapi} from './library.ts';
import {ipv4Text} from './sockaddr.ts';

const AF_INET = 2;
const ERROR_INSUFFICIENT_BUFFER = 122;
/** TCP_TABLE_OWNER_PID_ALL and UDP_TABLE_OWNER_PID. */
const TCP_ALL = 5;
const UDP_ALL = 1;
/** A table that changes while it is read grows, or fails in other ways (Wine: out of memory); not for ever. */
const ATTEMPTS = 5;

const api = lazily(() => {
  type Call = (
    into: Buffer,
    bytes: number[],
    order: number,
    family: number,
    kind: number,
    reserved: number,
  ) => number;
  const tcp: Call = iphlpapi().func(signature('GetExtendedTcpTable'));
  const udp: Call = iphlpapi().func(signature('GetExtendedUdpTable'));
  return {tcp, udp};
});

function signature(name: string): string {
  return `uint32 __stdcall ${name}(void *into, _Inout_ uint32 *bytes, int32 order, uint32 family, int32 kind, uint32 reserved)`;
}

/** Local end of an IPv4 socket. */
export interface LocalSocket {
  protocol: PortProtocol;
  address: string;
  port: number;
}

/** Local ends of all IPv4 sockets of the host's compartment. */
export function listSockets(): LocalSocket[] {
  return [...rows('tcp'), ...rows('udp')];
}

/** Bytes of a row, and where its local address and port lie (tcpmib.h, udpmib.h). */
const LAYOUT = {
  tcp: {kind: TCP_ALL, bytes: 24, address: 4, port: 8},
  udp: {kind: UDP_ALL, bytes: 12, address: 0, port: 4},
} as const;

function* rows(protocol: PortProtocol): Generator<LocalSocket> {
  const {kind, bytes: rowBytes, address, port} = LAYOUT[protocol];
  const table = read(protocol, kind);
  const count = table.readUInt32LE(0);
  for (let row = 4, i = 0; i < count; i++, row += rowBytes)
    yield {
      protocol,
      address: ipv4Text(table.subarray(row + address, row + address + 4)),
      // In network order in the low half of a DWORD.
      port: table.readUInt16BE(row + port),
    };
}

function read(protocol: PortProtocol, kind: number): Buffer {
  let into = Buffer.alloc(64 * 1024);
  for (let attempt = 1; ; attempt++) {
    const bytes = [into.length];
    const code = api()[protocol](into, bytes, 0, AF_INET, kind, 0);
    if (code === 0) return into;
    if (attempt === ATTEMPTS)
      throw win32Error(protocol === 'tcp' ? 'GetExtendedTcpTable' : 'GetExtendedUdpTable', code);
    if (code === ERROR_INSUFFICIENT_BUFFER) into = Buffer.alloc((bytes[0] ?? 0) * 2);
  }
}
