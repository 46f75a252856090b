import koffi from 'koffi';
import type {ServiceStart, ServiceState} from '../../../src/protocol/node-facts.ts';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {advapi32, type Handle} from './library.ts';
import {withMemory} from './memory.ts';
import {lastError} from './system.ts';
import {wideAt} from './wide.ts';

const SC_MANAGER_CONNECT_AND_ENUMERATE = 0x0001 | 0x0004;
const SERVICE_QUERY_CONFIG = 0x0001;
const SC_ENUM_PROCESS_INFO = 0;
/** Own and shared processes; kernel and file system drivers. */
const SERVICE_WIN32 = 0x30;
const SERVICE_DRIVER = 0x0b;
const SERVICE_STATE_ALL = 3;
const ERROR_MORE_DATA = 234;
/** Most that one call may return (EnumServicesStatusExW). */
const ENUM_BYTES = 256 * 1024;
/** Most that QueryServiceConfigW may return. */
const CONFIG_BYTES = 8 * 1024;

const types = lazily(() => ({
  status: koffi.struct({
    name: 'uintptr_t',
    displayName: 'uintptr_t',
    type: 'uint32',
    state: 'uint32',
    accepts: 'uint32',
    exitCode: 'uint32',
    ownExitCode: 'uint32',
    checkPoint: 'uint32',
    waitHint: 'uint32',
    pid: 'uint32',
    flags: 'uint32',
  }),
}));

interface Status {
  name: Handle;
  displayName: Handle;
  type: number;
  state: number;
  pid: number;
}

const api = lazily(() => {
  const dll = advapi32();
  const openManager: (machine: null, database: null, access: number) => Handle = dll.func(
    'uintptr_t __stdcall OpenSCManagerW(void *machine, void *database, uint32 access)',
  );
  const enumerate: (
    manager: Handle,
    level: number,
    types: number,
    states: number,
    into: Handle,
    bytes: number,
    needed: number[],
    returned: number[],
    resume: number[],
    group: null,
  ) => number = dll.func(
    'int32 __stdcall EnumServicesStatusExW(uintptr_t manager, int32 level, uint32 types, uint32 states, uintptr_t into, uint32 bytes, _Out_ uint32 *needed, _Out_ uint32 *returned, _Inout_ uint32 *resume, void *group)',
  );
  const open: (manager: Handle, name: string, access: number) => Handle = dll.func(
    'uintptr_t __stdcall OpenServiceW(uintptr_t manager, str16 name, uint32 access)',
  );
  const config: (service: Handle, into: Buffer, bytes: number, needed: number[]) => number = dll.func(
    'int32 __stdcall QueryServiceConfigW(uintptr_t service, void *into, uint32 bytes, _Out_ uint32 *needed)',
  );
  const close: (handle: Handle) => number = dll.func('int32 __stdcall CloseServiceHandle(uintptr_t handle)');
  return {openManager, enumerate, open, config, close};
});

/** A service or driver as its manager lists it. `pid` is 0 where it does not run, and for drivers. */
export interface ListedService {
  name: string;
  displayName: string;
  driver: boolean;
  state: ServiceState;
  startType: ServiceStart | null;
  pid: number;
}

/**
 * Services, and of the drivers those that `wanted` names (in lower case). It asks the service manager over RPC, which does
 * not answer while that is stuck: it runs in a child process.
 */
export function listServices(wanted: ReadonlySet<string>): ListedService[] {
  const {openManager, close} = api();
  const manager = openManager(null, null, SC_MANAGER_CONNECT_AND_ENUMERATE);
  if (BigInt(manager) === 0n) throw win32Error('OpenSCManagerW', lastError());
  try {
    return [...enumerated(manager, wanted)];
  } finally {
    close(manager);
  }
}

function* enumerated(manager: Handle, wanted: ReadonlySet<string>): Generator<ListedService> {
  const resume = [0];
  for (;;) {
    const {more, page} = withMemory(ENUM_BYTES, into => onePage(manager, into, resume));
    for (const service of page) {
      if (service.driver && !wanted.has(service.name.toLowerCase())) continue;
      yield {...service, startType: startTypeOf(manager, service.name)};
    }
    // Nothing returned and more announced would be an endless loop.
    if (!more || page.length === 0) return;
  }
}

function onePage(
  manager: Handle,
  into: Handle,
  resume: number[],
): {more: boolean; page: Omit<ListedService, 'startType'>[]} {
  const returned = [0];
  const kinds = SERVICE_WIN32 | SERVICE_DRIVER;
  const {enumerate} = api();
  const done = enumerate(
    manager,
    SC_ENUM_PROCESS_INFO,
    kinds,
    SERVICE_STATE_ALL,
    into,
    ENUM_BYTES,
    [0],
    returned,
    resume,
    null,
  );
  const code = done === 0 ? lastError() : 0;
  if (code !== 0 && code !== ERROR_MORE_DATA) throw win32Error('EnumServicesStatusExW', code);
  const listed: Status[] = koffi.decode(into, types().status, returned[0] ?? 0);
  const page = listed.map(({name, displayName, type, state, pid}) => ({
    name: wideAt(name),
    displayName: wideAt(displayName),
    driver: (type & SERVICE_DRIVER) !== 0,
    state: STATES[state] ?? 'Unknown',
    pid,
  }));
  return {more: code === ERROR_MORE_DATA, page};
}

/** Null where the service does not let its configuration be read, or was deleted meanwhile. */
function startTypeOf(manager: Handle, name: string): ServiceStart | null {
  const {open, config, close} = api();
  const service = open(manager, name, SERVICE_QUERY_CONFIG);
  if (BigInt(service) === 0n) return null;
  try {
    const into = Buffer.alloc(CONFIG_BYTES);
    if (config(service, into, into.length, [0]) === 0) return null;
    // QUERY_SERVICE_CONFIGW begins with dwServiceType and dwStartType.
    return START_TYPES[into.readUInt32LE(4)] ?? 'Unknown';
  } finally {
    close(service);
  }
}

/** SERVICE_STATUS.dwCurrentState. */
const STATES: Record<number, ServiceState> = {
  1: 'Stopped',
  2: 'StartPending',
  3: 'StopPending',
  4: 'Running',
  5: 'ContinuePending',
  6: 'PausePending',
  7: 'Paused',
};

/** QUERY_SERVICE_CONFIGW.dwStartType. */
const START_TYPES: Record<number, ServiceStart> = {
  0: 'Boot',
  1: 'System',
  2: 'Automatic',
  3: 'Manual',
  4: 'Disabled',
};
