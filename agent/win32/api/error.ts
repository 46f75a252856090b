import {CollectError} from '../../collect/collector.ts';

/** Codes of winerror.h that decide how a failure is told. */
const ERROR_ACCESS_DENIED = 5;
const ERROR_PROC_NOT_FOUND = 127;
const ERROR_NOT_SUPPORTED = 50;
const ERROR_CALL_NOT_IMPLEMENTED = 120;
const ERROR_PRIVILEGE_NOT_HELD = 1314;

/** What a Win32 function that answered `code` means for what was to be collected. */
export function win32Error(call: string, code: number): CollectError {
  const detail = `${call} failed with Win32 error ${code} (0x${code.toString(16)})`;
  switch (code) {
    case ERROR_ACCESS_DENIED:
    case ERROR_PRIVILEGE_NOT_HELD:
      return new CollectError('denied', `${detail}: access is denied to the agent's account`);
    case ERROR_NOT_SUPPORTED:
    case ERROR_CALL_NOT_IMPLEMENTED:
    case ERROR_PROC_NOT_FOUND:
      return new CollectError('unsupported', `${detail}: this Windows does not offer it`);
    default:
      return new CollectError('failed', detail);
  }
}

/** Statuses of ntstatus.h that decide how a failure is told. */
const STATUS_INVALID_INFO_CLASS = 0xc000_0003;
const STATUS_ACCESS_DENIED = 0xc000_0022;

/** What a function of ntdll that answered `status` means for what was to be collected. */
export function ntError(call: string, status: number): CollectError {
  const code = status >>> 0;
  const detail = `${call} failed with NTSTATUS 0x${code.toString(16)}`;
  if (code === STATUS_ACCESS_DENIED)
    return new CollectError('denied', `${detail}: access is denied to the agent's account`);
  if (code === STATUS_INVALID_INFO_CLASS)
    return new CollectError('unsupported', `${detail}: this Windows does not offer it`);
  return new CollectError('failed', detail);
}
