import koffi from 'koffi';
import {kernel32} from '../../win32/api/library.ts';
import type {Handle} from '../../win32/api/library.ts';
import {win32Error} from '../../win32/api/error.ts';
import {lazily} from '../../win32/api/lazily.ts';
import {lastError} from '../../win32/api/system.ts';

/** Longest path that Windows has (https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation). */
const MAX_UNITS = 32_768;

const api = lazily(() => {
  // Descriptors are numbers of libuv's own C runtime, inside the program itself: no other library knows them.
  const handleOf: (fd: number) => Handle = koffi.load(null).func('uintptr_t uv_get_osfhandle(int fd)');
  const finalPath: (file: Handle, into: Buffer, units: number, flags: number) => number = kernel32().func(
    'uint32 __stdcall GetFinalPathNameByHandleW(uintptr_t file, void *into, uint32 units, uint32 flags)',
  );
  return {handleOf, finalPath};
});

/** The path of the file that a descriptor is open on, by its handle. Throws CollectError. */
export function windowsPath(fd: number): string {
  const {handleOf, finalPath} = api();
  const into = Buffer.alloc(MAX_UNITS * 2);
  const units = finalPath(handleOf(fd), into, MAX_UNITS, 0);
  if (units === 0 || units >= MAX_UNITS) throw win32Error('GetFinalPathNameByHandle', lastError());
  return into.toString('utf16le', 0, units * 2).replace(/^\\\\\?\\/, '');
}
