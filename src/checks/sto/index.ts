import type {Check} from '../define.ts';
import csiDriverMissing from './csi-driver-missing-on-windows.ts';
import filesystemNotNtfs from './filesystem-not-ntfs.ts';
import smbFailing from './smb-failing.ts';
import volumePluginUnsupported from './volume-plugin-unsupported.ts';
import smbSourceInCluster from './smb-source-in-cluster.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  csiDriverMissing,
  filesystemNotNtfs,
  smbFailing,
  volumePluginUnsupported,
  smbSourceInCluster,
];
