import type {DiskFacts} from '../../../src/protocol/node-facts.ts';
import {lazily} from './lazily.ts';
import {kernel32} from './library.ts';
import {wideText} from './wide.ts';

/** DRIVE_FIXED of GetDriveTypeW: network drives may hang, removable ones have nothing to say. */
const FIXED = 3;
const NAME_UNITS = 64;

const api = lazily(() => {
  const dll = kernel32();
  const drives: () => number = dll.func('uint32 __stdcall GetLogicalDrives()');
  const kind: (root: string) => number = dll.func('uint32 __stdcall GetDriveTypeW(str16 root)');
  const volume: (
    root: string,
    label: null,
    labelUnits: number,
    serial: null,
    longest: null,
    flags: null,
    fileSystem: Buffer,
    units: number,
  ) => number = dll.func(
    'int32 __stdcall GetVolumeInformationW(str16 root, void *label, uint32 labelUnits, void *serial, void *longest, void *flags, void *fileSystem, uint32 units)',
  );
  const space: (root: string, available: null, total: number[], free: number[]) => number = dll.func(
    'int32 __stdcall GetDiskFreeSpaceExW(str16 root, void *available, _Out_ uint64 *total, _Out_ uint64 *free)',
  );
  return {drives, kind, volume, space};
});

/**
 * The fixed volumes that have a drive letter. A failing disk can hold these calls for as long as its driver retries: they
 * run in a child process.
 */
export function fixedVolumes(): DiskFacts[] {
  const {drives, kind, volume, space} = api();
  const mask = drives();
  const disks: DiskFacts[] = [];
  for (let letter = 0; letter < 26; letter++) {
    const name = `${String.fromCodePoint(65 + letter)}:`;
    const root = `${name}\\`;
    if ((mask & (1 << letter)) === 0 || kind(root) !== FIXED) continue;
    const total = [0];
    const free = [0];
    // A volume that is locked or not formatted has no size: it is left out, as it holds nothing.
    if (space(root, null, total, free) === 0) continue;
    const fileSystem = Buffer.alloc(NAME_UNITS * 2);
    const named = volume(root, null, 0, null, null, null, fileSystem, NAME_UNITS) !== 0;
    disks.push({
      name,
      fileSystem: named ? wideText(fileSystem) : null,
      size: total[0] ?? 0,
      free: free[0] ?? 0,
    });
  }
  return disks;
}
