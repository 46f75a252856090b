import type {Check} from '../define.ts';
import windowsIpamOff from './eks-windows-ipam-off.ts';
import kubeProxyGroup from './eks-kube-proxy-group.ts';
import noLinuxNode from './no-linux-node.ts';
import providerOsRetired from './provider-os-retired.ts';
import pauseLocalOnly from './eks-pause-local-only.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  windowsIpamOff,
  kubeProxyGroup,
  noLinuxNode,
  providerOsRetired,
  pauseLocalOnly,
];
