import koffi from 'koffi';
import type {RouteFacts} from '../../../src/protocol/node-facts.ts';
import {HOST_COMPARTMENT} from './adapters.ts';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {type Handle, iphlpapi} from './library.ts';
import {addressText} from './sockaddr.ts';

const AF_UNSPEC = 0;
/** MIB_IPFORWARD_TABLE2: NumEntries, then rows aligned to 8. */
const ROWS_AT = 8;

const types = lazily(() => ({
  row: koffi.struct({
    luid: 'uint64',
    index: 'uint32',
    prefix: koffi.array('uint8', 28),
    prefixLength: 'uint8',
    nextHop: [4, koffi.array('uint8', 28)],
    sitePrefixLength: 'uint8',
    valid: 'uint32',
    preferred: 'uint32',
    metric: 'uint32',
    protocol: 'int32',
    loopback: 'uint8',
    autoconfigured: 'uint8',
    publish: 'uint8',
    immortal: 'uint8',
    age: 'uint32',
    origin: 'int32',
  }),
}));

interface Row {
  index: number;
  prefix: Uint8Array;
  prefixLength: number;
  nextHop: Uint8Array;
  metric: number;
}

const api = lazily(() => {
  const dll = iphlpapi();
  const table: (family: number, table: Handle[]) => number = dll.func(
    'uint32 __stdcall GetIpForwardTable2(uint16 family, _Out_ uintptr_t *table)',
  );
  const free: (table: Handle) => void = dll.func('void __stdcall FreeMibTable(uintptr_t table)');
  return {table, free};
});

const compartmentApi = lazily(() => {
  const enter: (compartment: number) => number = iphlpapi().func(
    'uint32 __stdcall SetCurrentThreadCompartmentId(uint32 compartment)',
  );
  return {enter};
});

/**
 * Routes of the host and of `compartments`. Windows answers for the compartment of the calling thread, which is changed
 * here: it runs in a child process, whose main thread nothing else uses.
 */
export function listRoutes(compartments: Iterable<number>): RouteFacts[] {
  const found = routesHere(HOST_COMPARTMENT);
  for (const compartment of compartments) {
    if (compartment === HOST_COMPARTMENT) continue;
    // A compartment that is gone by now has no routes to tell.
    if (compartmentApi().enter(compartment) !== 0) continue;
    try {
      found.push(...routesHere(compartment));
    } finally {
      compartmentApi().enter(HOST_COMPARTMENT);
    }
  }
  return found;
}

function routesHere(compartment: number): RouteFacts[] {
  const {table, free} = api();
  const pointer: Handle[] = [0];
  const code = table(AF_UNSPEC, pointer);
  if (code !== 0) throw win32Error('GetIpForwardTable2', code);
  const at = pointer[0] ?? 0;
  try {
    const count: number = koffi.decode(at, 'uint32');
    const rows: Row[] = koffi.decode(at, ROWS_AT, types().row, count);
    return rows.flatMap(({index, prefix, prefixLength, nextHop, metric}) => {
      const destination = addressText(Buffer.from(prefix));
      const hop = addressText(Buffer.from(nextHop));
      if (destination === undefined || hop === undefined) return [];
      return [{destination: `${destination}/${prefixLength}`, nextHop: hop, index, compartment, metric}];
    });
  } finally {
    free(at);
  }
}
