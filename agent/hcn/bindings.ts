import koffi from 'koffi';
import {lazily} from '../win32/api/lazily.ts';
import type {Out} from './call.ts';
import type {HcnType} from './families.ts';
import {systemFunction, systemLibrary} from './library.ts';

/**
 * The read-only functions of one kind of object in computenetwork.dll. Each answers an HRESULT and may leave an error record;
 * what it hands out is freed by `CoTaskMemFree` as soon as it has become a JavaScript string
 * (https://learn.microsoft.com/virtualization/api/hcn/reference/apioverview).
 */
export interface ObjectFunctions {
  enumerate(query: string, ids: Out<string>, error: Out<string>): number;
  open(id: Uint8Array, handle: Out<bigint>, error: Out<string>): number;
  query(handle: bigint, query: string, properties: Out<string>, error: Out<string>): number;
  close(handle: bigint): number;
}

/** `HNSCall` of vmcompute.dll: HNS v1 as a REST-like call. */
export type HnsCall = (method: string, path: string, body: string, response: Out<string>) => number;

const HRESULT = 'int32';

/** `PWSTR *`, freed exactly once; the disposer is called for NULL too. */
const freedString = lazily(() => {
  const free = systemFunction(systemLibrary('ole32.dll'), 'CoTaskMemFree', 'void', ['void *']);
  const text = koffi.disposable('HcnString', 'str16', (at: bigint | null) => {
    if (at) free(at);
  });
  return koffi.out(koffi.pointer(text));
});

/** Binds the functions of one kind of object. Throws `UnsupportedError`. */
export function bindObject(type: HcnType): ObjectFunctions {
  const dll = systemLibrary('computenetwork.dll');
  const out = freedString();
  const handleOut = koffi.out(koffi.pointer('void *'));
  return {
    enumerate: systemFunction(dll, `HcnEnumerate${type}s`, HRESULT, ['str16', out, out]),
    open: systemFunction(dll, `HcnOpen${type}`, HRESULT, ['void *', handleOut, out]),
    query: systemFunction(dll, `HcnQuery${type}Properties`, HRESULT, ['void *', 'str16', out, out]),
    close: systemFunction(dll, `HcnClose${type}`, HRESULT, ['void *']),
  };
}

/** Binds `HNSCall`. Throws `UnsupportedError`. */
export function bindHnsCall(): HnsCall {
  const parameters = ['str16', 'str16', 'str16', freedString()];
  return systemFunction(systemLibrary('vmcompute.dll'), 'HNSCall', HRESULT, parameters);
}
