import {systemDirectory} from '../../win32/api/library.ts';
import {argumentsOf, listProcesses} from '../../win32/api/processes.ts';
import type {NodeView} from '../node-view.ts';
import {ntApi} from './nt-api.ts';
import {openNtFolder} from './nt-folder.ts';
import {programPath} from './program-path.ts';

const MAX_UNITS = 1024;
const DRIVES = Array.from({length: 26}, (_, i) => `${String.fromCodePoint(65 + i)}:`);

/** The node that this program runs on. */
export const windowsView: NodeView = {
  processes: listProcesses,
  programOf: programPath,
  argumentsOf,
  systemDevice: () => deviceOf(systemDirectory().slice(0, 2)) ?? '',
  openVolume(device) {
    // Volumes of containers have no drive letter; one that has is opened by it.
    const drive = DRIVES.find(letter => deviceOf(letter)?.toLowerCase() === device.toLowerCase());
    return openNtFolder(drive === undefined ? `${device}\\` : `\\??\\${drive}\\`);
  },
};

function deviceOf(drive: string): string | undefined {
  const into = Buffer.alloc(MAX_UNITS * 2);
  const units = ntApi().dosDevice(drive, into, MAX_UNITS);
  return units === 0 ? undefined : into.toString('utf16le', 0, units * 2).split('\0')[0];
}
