import koffi, {type TypeObject} from 'koffi';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {kernel32, ntdll, systemLibrary} from './library.ts';

const psapi = systemLibrary('psapi.dll');

const types = lazily(() => ({
  version: koffi.struct({
    size: 'uint32',
    major: 'uint32',
    minor: 'uint32',
    build: 'uint32',
    platform: 'uint32',
    servicePack: koffi.array('char16', 128, 'String'),
  }),
  memory: koffi.struct({
    size: 'uint32',
    load: 'uint32',
    totalPhysical: 'uint64',
    availablePhysical: 'uint64',
    totalPageFile: 'uint64',
    availablePageFile: 'uint64',
    totalVirtual: 'uint64',
    availableVirtual: 'uint64',
    availableExtended: 'uint64',
  }),
  performance: koffi.struct({
    size: 'uint32',
    commitTotal: 'size_t',
    commitLimit: 'size_t',
    commitPeak: 'size_t',
    physicalTotal: 'size_t',
    physicalAvailable: 'size_t',
    systemCache: 'size_t',
    kernelTotal: 'size_t',
    kernelPaged: 'size_t',
    kernelNonpaged: 'size_t',
    pageSize: 'size_t',
    handles: 'uint32',
    processes: 'uint32',
    threads: 'uint32',
  }),
  zone: koffi.struct({
    bias: 'int32',
    standardName: koffi.array('char16', 32, 'String'),
    standardDate: koffi.array('uint16', 8),
    standardBias: 'int32',
    daylightName: koffi.array('char16', 32, 'String'),
    daylightDate: koffi.array('uint16', 8),
    daylightBias: 'int32',
    key: koffi.array('char16', 128, 'String'),
    noDaylight: 'uint8',
  }),
}));

interface Version {
  size: number;
  build: number;
}
interface MemoryStatus {
  size: number;
  totalPhysical: number;
  availablePhysical: number;
}
interface Performance {
  size: number;
  commitTotal: number;
  commitLimit: number;
  pageSize: number;
}
interface Zone {
  key: string;
}

const api = lazily(() => {
  const {version, memory, performance, zone} = types();
  const rtlGetVersion: (version: Version) => number = ntdll().func('__stdcall', 'RtlGetVersion', 'int32', [
    inout(version),
  ]);
  const globalMemoryStatusEx: (memory: MemoryStatus) => number = kernel32().func(
    '__stdcall',
    'GlobalMemoryStatusEx',
    'int32',
    [inout(memory)],
  );
  const getPerformanceInfo: (info: Performance, size: number) => number = psapi().func(
    '__stdcall',
    'GetPerformanceInfo',
    'int32',
    [inout(performance), 'uint32'],
  );
  const getDynamicTimeZoneInformation: (zone: Zone) => number = kernel32().func(
    '__stdcall',
    'GetDynamicTimeZoneInformation',
    'uint32',
    [koffi.out(koffi.pointer(zone))],
  );
  const getTickCount64: () => number = kernel32().func('uint64 __stdcall GetTickCount64()');
  const getLastError: () => number = kernel32().func('uint32 __stdcall GetLastError()');
  return {
    rtlGetVersion,
    globalMemoryStatusEx,
    getPerformanceInfo,
    getDynamicTimeZoneInformation,
    getTickCount64,
    getLastError,
  };
});

/** A structure that the caller fills in part (its size) and Windows in full. */
function inout(type: TypeObject): ReturnType<typeof koffi.inout> {
  return koffi.inout(koffi.pointer(type));
}

/** GetLastError of the call before. */
export function lastError(): number {
  return api().getLastError();
}

/** Build of Windows by RtlGetVersion, which no manifest and no compatibility mode changes. */
export function windowsBuild(): number {
  const version: Version = {size: koffi.sizeof(types().version), build: 0};
  api().rtlGetVersion(version);
  return version.build;
}

/** Physical memory in bytes. */
export function physicalMemory(): {total: number; available: number} {
  const memory: MemoryStatus = {size: koffi.sizeof(types().memory), totalPhysical: 0, availablePhysical: 0};
  if (api().globalMemoryStatusEx(memory) === 0) throw win32Error('GlobalMemoryStatusEx', lastError());
  return {total: memory.totalPhysical, available: memory.availablePhysical};
}

/** What may be committed and what is, in bytes. */
export function commitCharge(): {limit: number; charge: number} {
  const size = koffi.sizeof(types().performance);
  const info: Performance = {size, commitTotal: 0, commitLimit: 0, pageSize: 0};
  if (api().getPerformanceInfo(info, size) === 0) throw win32Error('GetPerformanceInfo', lastError());
  return {limit: info.commitLimit * info.pageSize, charge: info.commitTotal * info.pageSize};
}

/** Windows' key of the time zone, which no language changes: `W. Europe Standard Time`. */
export function timeZoneKey(): string | null {
  const zone: Zone = {key: ''};
  return api().getDynamicTimeZoneInformation(zone) === TIME_ZONE_ID_INVALID ? null : zone.key || null;
}

const TIME_ZONE_ID_INVALID = 0xffff_ffff;

/** Milliseconds since Windows started. */
export function uptime(): number {
  return api().getTickCount64();
}
