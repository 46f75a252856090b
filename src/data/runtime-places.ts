import type {AgentOs} from '../protocol/names.ts';

/**
 * Where distributions put the configuration of containerd and of the CNI. What containerd's own command line and
 * configuration say comes before this table.
 */
export const checkedAt = '2026-11-21';

export interface RuntimePlace {
  os: AgentOs;
  distribution: string;
  /** Folder of `config.toml`. */
  configFolder?: string;
  /** Its name there, where it is another. */
  configName?: string;
  cniConf?: string;
  cniBin?: string;
  source: string;
}

export const RUNTIME_PLACES: readonly RuntimePlace[] = [
  {
    os: 'windows',
    distribution: 'containerd',
    configFolder: 'C:\\Program Files\\containerd',
    cniConf: 'C:\\Program Files\\containerd\\cni\\conf',
    cniBin: 'C:\\Program Files\\containerd\\cni\\bin',
    source: 'https://github.com/containerd/containerd/blob/main/defaults/defaults_windows.go',
  },
  {
    os: 'windows',
    distribution: 'AKS',
    cniConf: 'C:\\k\\azurecni\\netconf',
    cniBin: 'C:\\k\\azurecni\\bin',
    source: 'https://github.com/Azure/AgentBaker/tree/master/staging/cse/windows',
  },
  {
    os: 'windows',
    distribution: 'EKS',
    cniConf: 'C:\\ProgramData\\Amazon\\EKS\\cni\\config',
    cniBin: 'C:\\Program Files\\Amazon\\EKS\\cni',
    source: 'https://github.com/containerd/containerd/issues/5892',
  },
  {
    os: 'windows',
    distribution: 'kubeadm',
    cniConf: 'C:\\etc\\cni\\net.d',
    cniBin: 'C:\\opt\\cni\\bin',
    source:
      'https://github.com/kubernetes-sigs/sig-windows-tools/blob/master/hostprocess/Install-Containerd.ps1',
  },
  {
    os: 'windows',
    distribution: 'OpenShift',
    configFolder: 'C:\\k\\containerd',
    configName: 'containerd_conf.toml',
    cniConf: 'C:\\k\\cni\\config',
    cniBin: 'C:\\k\\cni',
    source: 'https://github.com/openshift/windows-machine-config-operator/blob/master/pkg/windows/windows.go',
  },
  {
    os: 'windows',
    distribution: 'RKE2',
    configFolder: 'C:\\var\\lib\\rancher\\rke2\\agent\\etc\\containerd',
    source: 'https://docs.rke2.io/install/quickstart#windows-agent-worker-node-installation',
  },
  {
    os: 'linux',
    distribution: 'containerd',
    configFolder: '/etc/containerd',
    cniConf: '/etc/cni/net.d',
    cniBin: '/opt/cni/bin',
    source: 'https://github.com/containerd/containerd/blob/main/defaults/defaults_unix.go',
  },
  {
    os: 'linux',
    distribution: 'RKE2',
    configFolder: '/var/lib/rancher/rke2/agent/etc/containerd',
    source: 'https://docs.rke2.io/advanced',
  },
  {
    os: 'linux',
    distribution: 'k3s',
    configFolder: '/var/lib/rancher/k3s/agent/etc/containerd',
    cniConf: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
    source: 'https://docs.k3s.io/advanced#configuring-containerd',
  },
  {
    os: 'linux',
    distribution: 'k0s',
    configFolder: '/etc/k0s',
    configName: 'containerd.toml',
    source: 'https://docs.k0sproject.io/stable/runtime/',
  },
  {
    os: 'linux',
    distribution: 'MicroK8s',
    configFolder: '/var/snap/microk8s/current/args',
    configName: 'containerd.toml',
    cniConf: '/var/snap/microk8s/current/args/cni-network',
    source: 'https://microk8s.io/docs/configure-services',
  },
];
