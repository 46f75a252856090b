import koffi, {type LibraryHandle} from 'koffi';
import {lazily} from './lazily.ts';

/** A handle or a pointer as koffi gives it: a number where that holds it exactly. */
export type Handle = number | bigint;

const MAX_PATH = 260;

/**
 * `C:\Windows\System32` as Windows knows it, not as the environment says: programs and libraries are started and loaded from it
 * by full path. kernel32 is one of the KnownDLLs and in every process already, so its bare name finds no other.
 */
export const systemDirectory = lazily(() => {
  const get: (into: Buffer, units: number) => number = koffi
    .load('kernel32.dll')
    .func('uint32 __stdcall GetSystemDirectoryW(void *into, uint32 units)');
  const into = Buffer.alloc(MAX_PATH * 2);
  const units = get(into, MAX_PATH);
  return into.toString('utf16le', 0, units * 2);
});

/** Loads a library of `System32` at its first use. */
export function systemLibrary(file: string): () => LibraryHandle {
  return lazily(() => koffi.load(`${systemDirectory()}\\${file}`));
}

export const kernel32 = systemLibrary('kernel32.dll');
export const advapi32 = systemLibrary('advapi32.dll');
export const ntdll = systemLibrary('ntdll.dll');
export const iphlpapi = systemLibrary('iphlpapi.dll');
