import type {Check} from '../define.ts';
import apiServerByClusterName from './api-server-by-cluster-name.ts';
import cniDaemonsetUnready from './cni-daemonset-unready.ts';
import exceptionsIncomplete from './exceptions-incomplete.ts';
import kubeProxyHostnameMismatch from './kube-proxy-hostname-mismatch.ts';
import kubeProxyUnready from './kube-proxy-unready.ts';
import vxlanSettings from './vxlan-settings.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  exceptionsIncomplete,
  vxlanSettings,
  cniDaemonsetUnready,
  kubeProxyUnready,
  apiServerByClusterName,
  kubeProxyHostnameMismatch,
];
