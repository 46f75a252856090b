import koffi from 'koffi';
import {ntError, win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {type Handle, kernel32, ntdll, systemLibrary} from './library.ts';
import {withMemory} from './memory.ts';
import {lastError} from './system.ts';
import {fileTime, wideAt} from './wide.ts';

const shell32 = systemLibrary('shell32.dll');

const TH32CS_SNAPPROCESS = 2;
const INVALID_HANDLE = 0xffff_ffff_ffff_ffffn;
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
/** PROCESSINFOCLASS ProcessCommandLineInformation, Windows 8.1 and later: asks no right to read the other's memory. */
const PROCESS_COMMAND_LINE = 60;
/** The longest text, that of a command line (CreateProcessW), and the UNICODE_STRING before it, which points at it. */
const UNICODE_STRING_BYTES = 32_768 * 2 + 16;

const types = lazily(() => ({
  entry: koffi.struct({
    size: 'uint32',
    usage: 'uint32',
    pid: 'uint32',
    heap: 'uintptr_t',
    module: 'uint32',
    threads: 'uint32',
    parent: 'uint32',
    priority: 'int32',
    flags: 'uint32',
    image: koffi.array('char16', 260, 'String'),
  }),
  unicode: koffi.struct({length: 'uint16', maximum: 'uint16', text: 'uintptr_t'}),
}));

interface Entry {
  size: number;
  pid: number;
  threads: number;
  parent: number;
  image: string;
}

const api = lazily(() => {
  const dll = kernel32();
  const entry = koffi.inout(koffi.pointer(types().entry));
  const snapshot: (flags: number, pid: number) => Handle = dll.func(
    'uintptr_t __stdcall CreateToolhelp32Snapshot(uint32 flags, uint32 pid)',
  );
  const first: (snapshot: Handle, entry: Entry) => number = dll.func(
    '__stdcall',
    'Process32FirstW',
    'int32',
    ['uintptr_t', entry],
  );
  const next: (snapshot: Handle, entry: Entry) => number = dll.func('__stdcall', 'Process32NextW', 'int32', [
    'uintptr_t',
    entry,
  ]);
  const open: (access: number, inherit: number, pid: number) => Handle = dll.func(
    'uintptr_t __stdcall OpenProcess(uint32 access, int32 inherit, uint32 pid)',
  );
  const times: (process: Handle, created: Buffer, exited: Buffer, kernel: Buffer, user: Buffer) => number =
    dll.func(
      'int32 __stdcall GetProcessTimes(uintptr_t process, void *created, void *exited, void *kernel, void *user)',
    );
  const close: (handle: Handle) => number = dll.func('int32 __stdcall CloseHandle(uintptr_t handle)');
  const query: (process: Handle, what: number, into: Handle, bytes: number, needed: null) => number =
    ntdll().func(
      'int32 __stdcall NtQueryInformationProcess(uintptr_t process, int32 what, uintptr_t into, uint32 bytes, void *needed)',
    );
  const split: (line: string, count: number[]) => Handle = shell32().func(
    'uintptr_t __stdcall CommandLineToArgvW(str16 line, _Out_ int32 *count)',
  );
  const localFree: (memory: Handle) => Handle = dll.func('uintptr_t __stdcall LocalFree(uintptr_t memory)');
  return {snapshot, first, next, open, times, close, query, split, localFree};
});

/** A process as Toolhelp lists it, with its start time where it lets itself be asked. */
export interface ListedProcess {
  pid: number;
  image: string;
  threads: number;
  startedAt: string | null;
}

/** All processes of the host, in the order of the system's list. */
export function listProcesses(): ListedProcess[] {
  const {snapshot, first, next, close} = api();
  const handle = snapshot(TH32CS_SNAPPROCESS, 0);
  if (BigInt(handle) === INVALID_HANDLE) throw win32Error('CreateToolhelp32Snapshot', lastError());
  try {
    const entry: Entry = {size: koffi.sizeof(types().entry), pid: 0, threads: 0, parent: 0, image: ''};
    const found: ListedProcess[] = [];
    for (let more = first(handle, entry); more !== 0; more = next(handle, entry)) {
      const {pid, threads, image} = entry;
      found.push({pid, image, threads, startedAt: startOf(pid)});
    }
    return found;
  } finally {
    close(handle);
  }
}

/** Runs `ask` with a handle that may ask a process for no more than its times and its command line; null where it ended or refuses. */
function withProcess<T>(pid: number, ask: (process: Handle) => T): T | null {
  const {open, close} = api();
  const process = open(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
  if (BigInt(process) === 0n) return null;
  try {
    return ask(process);
  } finally {
    close(process);
  }
}

function startOf(pid: number): string | null {
  return withProcess(pid, process => {
    const created = Buffer.alloc(8);
    const unused = Buffer.alloc(8);
    const done = api().times(process, created, unused, unused, unused) !== 0;
    return done ? fileTime(created.readBigUInt64LE()) : null;
  });
}

/** Arguments of a process, the program first; null where it has ended meanwhile. Throws CollectError. */
export function argumentsOf(pid: number): string[] | null {
  const line = processText(pid, PROCESS_COMMAND_LINE);
  return line === null ? null : splitCommandLine(line);
}

/**
 * What NtQueryInformationProcess answers as a UNICODE_STRING for a class of information; null where the process has ended
 * meanwhile. Throws CollectError.
 */
export function processText(pid: number, what: number): string | null {
  return withProcess(pid, process =>
    withMemory(UNICODE_STRING_BYTES, into => {
      const status = api().query(process, what, into, UNICODE_STRING_BYTES, null);
      if (status !== 0) throw ntError(`NtQueryInformationProcess ${what}`, status);
      const {length, text}: {length: number; text: Handle} = koffi.decode(into, types().unicode);
      return length === 0 ? '' : koffi.decode.string16(text, length / 2);
    }),
  );
}

/** Splits a command line as programs do that use the C runtime. */
export function splitCommandLine(line: string): string[] {
  const {split, localFree} = api();
  const count = [0];
  const pointers = split(line, count);
  if (BigInt(pointers) === 0n) return [];
  try {
    const list: Handle[] = koffi.decode(pointers, 'uintptr_t', count[0] ?? 0);
    return Array.from(list, wideAt);
  } finally {
    localFree(pointers);
  }
}
