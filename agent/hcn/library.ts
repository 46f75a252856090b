import {existsSync} from 'node:fs';
import path from 'node:path';
import koffi from 'koffi';
import type {LibraryHandle} from 'koffi';
import {systemDirectory} from '../win32/api/library.ts';
import {UnsupportedError} from './errors.ts';

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
