import koffi from 'koffi';
import type {Out} from '../hcn/call.ts';
import {systemFunction, systemLibrary} from '../hcn/library.ts';

/** An operation of the Host Compute Service, whose result is waited for. */
export type HcsOperation = bigint;

/**
 * The functions of computecore.dll that list compute systems. Result documents are freed by `LocalFree`
 * (https://learn.microsoft.com/virtualization/api/hcs/reference/hcswaitforoperationresult).
 */
export interface HcsFunctions {
  createOperation(context: null, callback: null): HcsOperation | null;
  enumerate(query: string | null, operation: HcsOperation): number;
  wait(operation: HcsOperation, timeoutMs: number, result: Out<string>): number;
  closeOperation(operation: HcsOperation): void;
}

/** Binds the functions. Throws `UnsupportedError`. */
export function bindHcs(): HcsFunctions {
  const dll = systemLibrary('computecore.dll');
  const free = systemFunction(systemLibrary('kernel32.dll'), 'LocalFree', 'void *', ['void *']);
  const text = koffi.disposable('HcsString', 'str16', (at: bigint | null) => {
    if (at) free(at);
  });
  const out = koffi.out(koffi.pointer(text));
  return {
    createOperation: systemFunction(dll, 'HcsCreateOperation', 'void *', ['void *', 'void *']),
    enumerate: systemFunction(dll, 'HcsEnumerateComputeSystems', 'int32', ['str16', 'void *']),
    wait: systemFunction(dll, 'HcsWaitForOperationResult', 'int32', ['void *', 'uint32', out]),
    closeOperation: systemFunction(dll, 'HcsCloseOperation', 'void', ['void *']),
  };
}
