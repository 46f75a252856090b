import {CollectError} from '../../collect/collector.ts';
import {ntError, win32Error} from '../../win32/api/error.ts';
import type {Handle} from '../../win32/api/library.ts';
import {lastError} from '../../win32/api/system.ts';
import {ntApi} from './nt-api.ts';

const SYNCHRONIZE = 0x0010_0000;
const FILE_READ_DATA = 0x1;
const FILE_READ_ATTRIBUTES = 0x80;
const SHARE_ALL = 7;
const FILE_OPEN = 1;
const FILE_SYNCHRONOUS_IO_NONALERT = 0x20;
const FILE_OPEN_FOR_BACKUP_INTENT = 0x4000;
const FILE_OPEN_REPARSE_POINT = 0x0020_0000;
const OBJ_CASE_INSENSITIVE = 0x40;
const IO_STATUS_BYTES = 16;

/** FILE_DIRECTORY_FILE and FILE_NON_DIRECTORY_FILE: anything else is refused by the system. */
export const KIND = {folder: 0x1, file: 0x40} as const;

/** FILE_INFORMATION_CLASS FileAttributeTagInformation: attributes, then the reparse tag. */
const ATTRIBUTE_TAG = 35;
const FILE_ATTRIBUTE_REPARSE_POINT = 0x400;

/** FS_INFORMATION_CLASS FileFsFullSizeInformation, which GetDiskFreeSpaceEx asks for. */
const FULL_SIZE = 7;
const FULL_SIZE_BYTES = 32;

const VOLUME_NAME_NT = 2;
const MAX_UNITS = 32_768;

const STATUS: ReadonlyMap<number, string> = new Map([
  [0xc000_0034, 'there is no such file'],
  [0xc000_003a, 'there is no such folder'],
  [0xc000_00ba, 'it is a folder'],
  [0xc000_0103, 'it is no folder'],
  [0xc000_0043, 'it is open in another program that shares it with nobody'],
]);

/**
 * Opens a name in an open folder (0 for an NT path) for reading: the thing itself, not what it may stand for. Throws
 * CollectError.
 */
export function openHandle(folder: Handle, name: string, kind: (typeof KIND)[keyof typeof KIND]): Handle {
  const {create, objectLength} = ntApi();
  const handle: [Handle] = [0];
  const status = create(
    handle,
    SYNCHRONIZE | FILE_READ_DATA | FILE_READ_ATTRIBUTES,
    {
      length: objectLength,
      root: folder,
      name: {length: name.length * 2, maximum: name.length * 2 + 2, text: name},
      attributes: OBJ_CASE_INSENSITIVE,
      security: null,
      quality: null,
    },
    Buffer.alloc(IO_STATUS_BYTES),
    null,
    0,
    SHARE_ALL,
    FILE_OPEN,
    FILE_OPEN_REPARSE_POINT | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT | kind,
    null,
    0,
  );
  if (status === 0) return handle[0];
  const words = STATUS.get(status >>> 0);
  throw words === undefined ? ntError('NtCreateFile', status) : new CollectError('failed', words);
}

/** The reparse tag of what is open; `undefined` where it is no reparse point. */
export function reparseTagOf(handle: Handle): number | undefined {
  const into = Buffer.alloc(8);
  const status = ntApi().inform(handle, Buffer.alloc(IO_STATUS_BYTES), into, into.length, ATTRIBUTE_TAG);
  if (status !== 0) throw ntError('NtQueryInformationFile', status);
  return (into.readUInt32LE(0) & FILE_ATTRIBUTE_REPARSE_POINT) === 0 ? undefined : into.readUInt32LE(4);
}

/** Bytes of the volume that a folder lies on, and how many of them are free (https://learn.microsoft.com/windows-hardware/drivers/ddi/ntddk/ns-ntddk-_file_fs_full_size_information). */
export function spaceOf(handle: Handle): {size: number; free: number} {
  const into = Buffer.alloc(FULL_SIZE_BYTES);
  const status = ntApi().volume(handle, Buffer.alloc(IO_STATUS_BYTES), into, into.length, FULL_SIZE);
  if (status !== 0) throw ntError('NtQueryVolumeInformationFile', status);
  // Units in all, those that the caller may take, those that are free; sectors of a unit, bytes of a sector.
  const unit = into.readUInt32LE(24) * into.readUInt32LE(28);
  return {size: Number(into.readBigInt64LE(0)) * unit, free: Number(into.readBigInt64LE(16)) * unit};
}

/** The NT path of what is open, as the system knows it. */
export function finalPathOf(handle: Handle): string {
  const into = Buffer.alloc(MAX_UNITS * 2);
  const units = ntApi().finalPath(handle, into, MAX_UNITS, VOLUME_NAME_NT);
  if (units === 0 || units >= MAX_UNITS) throw win32Error('GetFinalPathNameByHandle', lastError());
  return into.toString('utf16le', 0, units * 2);
}

/** The whole of an open file. Throws CollectError where it has more than `maxBytes`. */
export function readAll(handle: Handle, maxBytes: number): Buffer {
  const into = Buffer.alloc(maxBytes + 1);
  for (let length = 0; ;) {
    const got = Buffer.alloc(4);
    const done = ntApi().read(handle, into.subarray(length), into.length - length, got, null);
    if (done === 0) throw win32Error('ReadFile', lastError());
    const bytes = got.readUInt32LE();
    length += bytes;
    if (length > maxBytes) throw new CollectError('failed', `it has more than ${maxBytes} bytes`);
    if (bytes === 0) return into.subarray(0, length);
  }
}

export function closeHandle(handle: Handle): void {
  ntApi().close(handle);
}
