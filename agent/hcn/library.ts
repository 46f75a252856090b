import {existsSync} from 'node:fs';
import path from 'node:path';
import koffi from 'koffi';
import type {LibraryHandle} from 'koffi';
import {UnsupportedError} from './errors.ts';

const MAX_PATH = 260;

/**
 * The system directory as Windows itself knows it, never the environment's word. kernel32 is one of the KnownDLLs and in every
 * process already, so its bare name cannot be hijacked.
 */
function systemDirectory(): string {
  const get = koffi
    .load('kernel32.dll')
    .func('__stdcall', 'GetSystemDirectoryW', 'uint32', ['void *', 'uint32']);
  const buffer = Buffer.alloc(MAX_PATH * 2);
  const length: number = get(buffer, MAX_PATH);
  return buffer.toString('utf16le', 0, length * 2);
}

/** Loads a DLL of System32 by its full path. Throws `UnsupportedError` where there is none. */
export function systemLibrary(name: string): LibraryHandle {
  const file = path.win32.join(systemDirectory(), name);
  if (!existsSync(file)) throw new UnsupportedError(`this Windows has no ${file}`);
  return koffi.load(file);
}

/** Declares a function. Throws `UnsupportedError` where the DLL does not export it. */
export function systemFunction(
  library: LibraryHandle,
  name: string,
  result: string,
  parameters: Parameters<LibraryHandle['func']>[3],
): ReturnType<LibraryHandle['func']> {
  try {
    return library.func('__stdcall', name, result, parameters);
  } catch (error) {
    throw new UnsupportedError(`this Windows has no ${name}`, {cause: error});
  }
}
