import koffi from 'koffi';
import {lazily} from '../../win32/api/lazily.ts';
import {kernel32, ntdll} from '../../win32/api/library.ts';
import type {Handle} from '../../win32/api/library.ts';

/** OBJECT_ATTRIBUTES of a name that is relative to an open folder, or absolute where `root` is 0. */
export interface ObjectAttributes {
  length: number;
  root: Handle;
  name: {length: number; maximum: number; text: string};
  attributes: number;
  security: null;
  quality: null;
}

type NtCreateFile = (
  handle: [Handle],
  access: number,
  object: ObjectAttributes,
  status: Buffer,
  size: null,
  attributes: number,
  share: number,
  disposition: number,
  options: number,
  ea: null,
  eaLength: number,
) => number;

/** The functions that open and read by handle (https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile). */
export const ntApi = lazily(() => {
  const name = koffi.struct({length: 'uint16', maximum: 'uint16', text: 'str16'});
  const object = koffi.struct({
    length: 'uint32',
    root: 'uintptr_t',
    name: koffi.pointer(name),
    attributes: 'uint32',
    security: 'void *',
    quality: 'void *',
  });
  const [pointer, uint32] = ['void *', 'uint32'];
  const parameters = [
    koffi.out(koffi.pointer('uintptr_t')),
    uint32,
    koffi.pointer(object),
    pointer,
    pointer,
    uint32,
    uint32,
    uint32,
    uint32,
    pointer,
    uint32,
  ];
  const create: NtCreateFile = ntdll().func('__stdcall', 'NtCreateFile', 'int32', parameters);
  const inform: (file: Handle, status: Buffer, into: Buffer, bytes: number, what: number) => number =
    ntdll().func(
      'int32 __stdcall NtQueryInformationFile(uintptr_t file, void *status, void *into, uint32 bytes, int32 what)',
    );
  const volume: (file: Handle, status: Buffer, into: Buffer, bytes: number, what: number) => number =
    ntdll().func(
      'int32 __stdcall NtQueryVolumeInformationFile(uintptr_t file, void *status, void *into, uint32 bytes, int32 what)',
    );
  const dll = kernel32();
  const finalPath: (file: Handle, into: Buffer, units: number, flags: number) => number = dll.func(
    'uint32 __stdcall GetFinalPathNameByHandleW(uintptr_t file, void *into, uint32 units, uint32 flags)',
  );
  const read: (file: Handle, into: Buffer, bytes: number, got: Buffer, overlapped: null) => number = dll.func(
    'int32 __stdcall ReadFile(uintptr_t file, void *into, uint32 bytes, void *got, void *overlapped)',
  );
  const close: (handle: Handle) => number = dll.func('int32 __stdcall CloseHandle(uintptr_t handle)');
  const dosDevice: (drive: string, into: Buffer, units: number) => number = dll.func(
    'uint32 __stdcall QueryDosDeviceW(str16 drive, void *into, uint32 units)',
  );
  return {objectLength: koffi.sizeof(object), create, inform, volume, finalPath, read, close, dosDevice};
});
