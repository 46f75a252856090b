import type {RegistryData} from '../../../src/protocol/node-facts.ts';
import {win32Error} from './error.ts';
import {lazily} from './lazily.ts';
import {advapi32, type Handle} from './library.ts';
import {wideText} from './wide.ts';

const HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002n;
/** KEY_READ and KEY_WOW64_64KEY: never the 32-bit view. */
const READ = 0x2_0019 | 0x100;
const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_MORE_DATA = 234;
const ERROR_NO_MORE_ITEMS = 259;
/** Longest name of a value and of a key (Microsoft, "Registry element size limits"). */
const LONGEST_NAME = 16_384;
/** Most values fit; a longer one is read again with its own size. */
const USUAL_VALUE = 64 * 1024;
/** A longer value is left out: nothing that is collected comes near. */
const LONGEST_VALUE = 1024 * 1024;

const api = lazily(() => {
  const dll = advapi32();
  const open: (root: Handle, path: string, options: number, access: number, key: Handle[]) => number =
    dll.func(
      'int32 __stdcall RegOpenKeyExW(intptr_t root, str16 path, uint32 options, uint32 access, _Out_ uintptr_t *key)',
    );
  const enumValue: (
    key: Handle,
    index: number,
    name: Buffer,
    nameUnits: number[],
    reserved: null,
    type: number[],
    data: Buffer,
    bytes: number[],
  ) => number = dll.func(
    'int32 __stdcall RegEnumValueW(uintptr_t key, uint32 index, void *name, _Inout_ uint32 *nameUnits, void *reserved, _Out_ uint32 *type, void *data, _Inout_ uint32 *bytes)',
  );
  const enumKey: (
    key: Handle,
    index: number,
    name: Buffer,
    units: number[],
    reserved: null,
    className: null,
    classUnits: null,
    written: null,
  ) => number = dll.func(
    'int32 __stdcall RegEnumKeyExW(uintptr_t key, uint32 index, void *name, _Inout_ uint32 *units, void *reserved, void *className, void *classUnits, void *written)',
  );
  const close: (key: Handle) => number = dll.func('int32 __stdcall RegCloseKey(uintptr_t key)');
  return {open, enumValue, enumKey, close};
});

/** What one key of the registry holds. */
export interface RegistryKey {
  values: Record<string, RegistryData>;
  /** Names of the keys below it. */
  keys: string[];
}

/** Reads a key below HKLM in the 64-bit view; null where it does not exist. Throws CollectError where it may not be read. */
export function readKey(path: string): RegistryKey | null {
  const {open, close} = api();
  const handle: Handle[] = [0];
  const code = open(HKEY_LOCAL_MACHINE, path, 0, READ, handle);
  if (code === ERROR_FILE_NOT_FOUND || code === ERROR_PATH_NOT_FOUND) return null;
  if (code !== 0) throw win32Error(`RegOpenKeyExW HKLM\\${path}`, code);
  const key = handle[0] ?? 0;
  try {
    return {values: Object.fromEntries(valuesOf(key)), keys: [...keysOf(key)]};
  } finally {
    close(key);
  }
}

function* valuesOf(key: Handle): Generator<[string, RegistryData]> {
  const name = Buffer.alloc(LONGEST_NAME * 2);
  let data = Buffer.alloc(USUAL_VALUE);
  for (let index = 0; ; index++) {
    const units = [LONGEST_NAME];
    const bytes = [data.length];
    const type = [0];
    const code = api().enumValue(key, index, name, units, null, type, data, bytes);
    if (code === ERROR_MORE_DATA) {
      const needed = bytes[0] ?? 0;
      if (needed <= data.length || needed > LONGEST_VALUE) continue;
      data = Buffer.alloc(needed);
      index--;
      continue;
    }
    if (code === ERROR_NO_MORE_ITEMS) return;
    if (code !== 0) throw win32Error('RegEnumValueW', code);
    const own = Buffer.from(data.subarray(0, bytes[0]));
    yield [name.toString('utf16le', 0, (units[0] ?? 0) * 2), registryData(type[0] ?? 0, own)];
  }
}

function* keysOf(key: Handle): Generator<string> {
  const name = Buffer.alloc(LONGEST_NAME * 2);
  for (let index = 0; ; index++) {
    const units = [LONGEST_NAME];
    const code = api().enumKey(key, index, name, units, null, null, null, null);
    if (code === ERROR_NO_MORE_ITEMS) return;
    if (code !== 0) throw win32Error('RegEnumKeyExW', code);
    yield name.toString('utf16le', 0, (units[0] ?? 0) * 2);
  }
}

/** Types of winnt.h. */
const REG_SZ = 1;
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;
const REG_DWORD_BIG_ENDIAN = 5;
const REG_MULTI_SZ = 7;
const REG_QWORD = 11;

/** A value of the registry in the form of `registry/hns.json`; one that is shorter than its type is given as hex. */
export function registryData(type: number, data: Buffer): RegistryData {
  switch (type) {
    case REG_SZ:
    case REG_EXPAND_SZ:
      return wideText(data);
    case REG_MULTI_SZ:
      return data
        .toString('utf16le')
        .split('\0')
        .filter(text => text !== '');
    case REG_DWORD:
      return data.length === 4 ? data.readUInt32LE() : data.toString('hex');
    case REG_DWORD_BIG_ENDIAN:
      return data.length === 4 ? data.readUInt32BE() : data.toString('hex');
    case REG_QWORD:
      return data.length === 8 ? String(data.readBigUInt64LE()) : data.toString('hex');
    default:
      return data.toString('hex');
  }
}
