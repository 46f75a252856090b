import type {Check} from '../define.ts';
import apiServerByClusterName from './api-server-by-cluster-name.ts';
import cniDaemonsetUnready from './cni-daemonset-unready.ts';
import configMissingOrInvalid from './config-missing-or-invalid.ts';
import exceptionsIncomplete from './exceptions-incomplete.ts';
import kubeProxyHostnameMismatch from './kube-proxy-hostname-mismatch.ts';
import kubeProxyUnready from './kube-proxy-unready.ts';
import networkNameDiffers from './network-name-differs.ts';
import pluginMissing from './plugin-missing.ts';
import vxlanSettings from './vxlan-settings.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  configMissingOrInvalid,
  pluginMissing,
  networkNameDiffers,
  exceptionsIncomplete,
  vxlanSettings,
  cniDaemonsetUnready,
  kubeProxyUnready,
  apiServerByClusterName,
  kubeProxyHostnameMismatch,
];
