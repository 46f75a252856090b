import {lazily} from '../../win32/api/lazily.ts';
import {kernel32} from '../../win32/api/library.ts';
import type {Handle} from '../../win32/api/library.ts';

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
/** The path by its device, not by a drive letter, which volumes of containers do not have. */
const PROCESS_NAME_NATIVE = 1;
const MAX_UNITS = 32_768;

const api = lazily(() => {
  const dll = kernel32();
  const open: (access: number, inherit: number, pid: number) => Handle = dll.func(
    'uintptr_t __stdcall OpenProcess(uint32 access, int32 inherit, uint32 pid)',
  );
  const name: (process: Handle, flags: number, into: Buffer, units: Buffer) => number = dll.func(
    'int32 __stdcall QueryFullProcessImageNameW(uintptr_t process, uint32 flags, void *into, void *units)',
  );
  const close: (handle: Handle) => number = dll.func('int32 __stdcall CloseHandle(uintptr_t handle)');
  return {open, name, close};
});

/** NT path of the program of a process; null where the process has ended or has none, as those of the kernel. */
export function programPath(pid: number): string | null {
  const {open, name, close} = api();
  const process = open(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
  if (BigInt(process) === 0n) return null;
  try {
    const into = Buffer.alloc(MAX_UNITS * 2);
    const units = Buffer.alloc(4);
    units.writeUInt32LE(MAX_UNITS);
    const done = name(process, PROCESS_NAME_NATIVE, into, units) !== 0;
    return done ? into.toString('utf16le', 0, units.readUInt32LE() * 2) : null;
  } finally {
    close(process);
  }
}
