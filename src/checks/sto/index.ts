import type {Check} from '../define.ts';
import csiDriverMissingOnWindows from './csi-driver-missing-on-windows.ts';
import csiProxyStopped from './csi-proxy-stopped.ts';
import filesystemNotNtfs from './filesystem-not-ntfs.ts';
import smbFailing from './smb-failing.ts';
import smbSourceInCluster from './smb-source-in-cluster.ts';
import volumePluginUnsupported from './volume-plugin-unsupported.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  csiDriverMissingOnWindows,
  csiProxyStopped,
  filesystemNotNtfs,
  smbFailing,
  volumePluginUnsupported,
  smbSourceInCluster,
];
