import {systemDirectory} from '../../win32/api/library.ts';
import {argumentsOf, listProcesses} from '../../win32/api/processes.ts';
import type {VolumeView} from '../../volumes/volume-view.ts';
import type {NodeView} from '../node-view.ts';
import {ntApi} from './nt-api.ts';
import {openNtFolder} from './nt-folder.ts';
import {closeHandle, KIND, openHandle, spaceOf} from './nt-handle.ts';
import {programPath} from './program-path.ts';

const MAX_UNITS = 1024;
const DRIVES = Array.from({length: 26}, (_, i) => `${String.fromCodePoint(65 + i)}:`);

/** The node that this program runs on. */
export const windowsView: NodeView & VolumeView = {
  processes: listProcesses,
  programOf: programPath,
  argumentsOf,
  systemDevice: () => deviceOf(systemDirectory().slice(0, 2)) ?? '',
  openVolume: device => openNtFolder(rootOf(device)),
  spaceOf(device) {
    const root = openHandle(0, rootOf(device), KIND.folder);
    try {
      return spaceOf(root);
    } finally {
      closeHandle(root);
    }
  },
};

/** NT path of the root folder of a volume. Those of containers have no drive letter; one that has is opened by it. */
function rootOf(device: string): string {
  const drive = DRIVES.find(letter => deviceOf(letter)?.toLowerCase() === device.toLowerCase());
  return drive === undefined ? `${device}\\` : `\\??\\${drive}\\`;
}

function deviceOf(drive: string): string | undefined {
  const into = Buffer.alloc(MAX_UNITS * 2);
  const units = ntApi().dosDevice(drive, into, MAX_UNITS);
  return units === 0 ? undefined : into.toString('utf16le', 0, units * 2).split('\0')[0];
}
