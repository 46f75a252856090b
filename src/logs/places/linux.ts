import type {LogPlace} from './place.ts';
import {furtherLog, mainLog} from './place.ts';

/**
 * Folders of logs on Linux nodes, as the node names them. Where systemd runs the kubelet and containerd, they log to the
 * journal, which is no file that could be read here.
 */
export const LINUX_PLACES: readonly LogPlace[] = [
  {
    folder: '/var/log',
    logs: [
      mainLog('kubelet', 'kubelet.log'),
      mainLog('kube-proxy', 'kube-proxy.log'),
      mainLog('containerd', 'containerd.log'),
      mainLog('cni', 'azure-vnet.log'),
      furtherLog('cni', 'azure-cns', 'azure-cns.log'),
    ],
    source:
      'GCE: https://github.com/kubernetes/kubernetes/tree/master/cluster/gce; AKS: https://github.com/Azure/azure-container-networking',
  },
  {
    folder: '/var/log/aws-routed-eni',
    logs: [furtherLog('cni', 'ipamd', 'ipamd.log'), furtherLog('cni', 'plugin', 'plugin.log')],
    source: 'EKS: https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/troubleshooting.md',
  },
  {
    folder: '/var/log/calico/cni',
    logs: [furtherLog('cni', 'calico', 'cni.log')],
    source: 'https://docs.tigera.io/calico/latest/reference/configure-cni-plugins',
  },
  {
    folder: '/var/lib/rancher/rke2/agent/logs',
    logs: [mainLog('kubelet', 'kubelet.log')],
    source: 'RKE2: https://docs.rke2.io/install/quickstart',
  },
  ...['rke2', 'k3s'].map(distribution => ({
    folder: `/var/lib/rancher/${distribution}/agent/containerd`,
    logs: [mainLog('containerd', 'containerd.log')],
    source: 'RKE2: https://docs.rke2.io/install/quickstart; k3s: https://docs.k3s.io/faq',
  })),
];
