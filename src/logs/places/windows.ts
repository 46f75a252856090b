import type {LogPlace} from './place.ts';
import {furtherLog, mainLog} from './place.ts';

/**
 * nssm keeps standard output and error apart. klog and containerd write to standard error, so that is what a component's bare
 * id means.
 */
const nssm = (component: string, stem: string) => [
  mainLog(component, `${stem}.err.log`),
  furtherLog(component, 'out', `${stem}.log`),
];

/** Folders of logs on Windows nodes. */
export const WINDOWS_PLACES: readonly LogPlace[] = [
  {
    folder: 'C:\\k',
    logs: [
      ...nssm('kubelet', 'kubelet'),
      ...nssm('kube-proxy', 'kubeproxy'),
      ...nssm('containerd', 'containerd'),
      ...nssm('csi-proxy', 'csi-proxy'),
      mainLog('cni', 'azure-vnet.log'),
      furtherLog('cni', 'azure-vnet-telemetry', 'azure-vnet-telemetry.log'),
      mainLog('windows-exporter', 'windows-exporter.log'),
      mainLog('hns-remediator', 'hnsremediator.log'),
      mainLog('node-reset', 'windowsnodereset.log'),
    ],
    source:
      'AKS: https://github.com/Azure/AgentBaker/blob/master/staging/cse/windows/debug/collect-windows-logs.ps1',
  },
  {
    folder: 'C:\\AzureData',
    logs: [mainLog('provisioning', 'CustomDataSetupScript.log')],
    source: 'AKS: https://github.com/Azure/AgentBaker/tree/master/staging/cse/windows',
  },
  {
    folder: 'C:\\ProgramData\\Amazon\\EKS\\logs',
    logs: [],
    others: 'eks-node',
    source:
      'EKS: https://github.com/awslabs/amazon-eks-ami (the kubelet itself logs to the event channel EKS)',
  },
  {
    folder: 'C:\\etc\\kubernetes\\logs',
    logs: ['kubelet', 'kube-proxy', 'containerd', 'csi-proxy'].map(c => mainLog(c, `${c}.log`)),
    source:
      'GKE, GCE: https://github.com/kubernetes/kubernetes/blob/master/cluster/gce/windows/k8s-node-setup.psm1',
  },
  {
    folder: 'C:\\var\\log\\kubelet',
    logs: [
      mainLog('kubelet', 'kubelet.err.log'),
      furtherLog('kubelet', 'out', 'kubelet.out.log'),
      furtherLog('kubelet', 'log', 'kubelet.log'),
    ],
    others: 'kubelet',
    source:
      'kubeadm: https://github.com/kubernetes-sigs/sig-windows-tools; OpenShift: https://github.com/openshift/windows-machine-config-operator',
  },
  ...['kube-proxy', 'containerd', 'hybrid-overlay', 'wicd', 'csi-proxy', 'windows_exporter'].map(
    component => ({
      folder: `C:\\var\\log\\${component}`,
      logs: [mainLog(component, `${component}.log`)],
      others: component,
      source:
        'OpenShift: https://github.com/openshift/windows-machine-config-operator; CAPZ puts containerd.log there too',
    }),
  ),
  {
    folder: 'C:\\var\\lib\\rancher\\rke2\\agent\\logs',
    logs: [mainLog('kubelet', 'kubelet.log'), mainLog('kube-proxy', 'kube-proxy.log')],
    source: 'RKE2: https://docs.rke2.io/install/quickstart',
  },
  {
    folder: 'C:\\var\\lib\\rancher\\rke2\\agent\\containerd',
    logs: [mainLog('containerd', 'containerd.log')],
    source: 'RKE2: https://docs.rke2.io/install/quickstart',
  },
  {
    folder: 'C:\\var\\lib\\rancher\\rke2\\logs',
    logs: ['flanneld', 'felix', 'calico-node', 'confd'].map(part => furtherLog('cni', part, `${part}.log`)),
    source: 'RKE2: https://github.com/rancher/rke2/tree/master/pkg/windows',
  },
  {
    folder: 'C:\\etc\\rancher\\wins',
    logs: [mainLog('csi-proxy', 'csi-proxy.log')],
    source: 'RKE2: https://github.com/rancher/wins',
  },
];
