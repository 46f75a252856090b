import type {CertificateFacts} from '../../src/protocol/node-facts.ts';

/** A file in which a distribution keeps a certificate of kubelet. */
export interface CertificatePath {
  path: string;
  role: CertificateFacts['role'];
}

/**
 * `--cert-dir` of kubelet on Windows: its default, which kubeadm, Cluster API (kubernetes-sigs/image-builder, StartKubelet.ps1)
 * and OpenShift (windows-machine-config-operator) use, and that of AKS.
 */
const WINDOWS_DIRS = ['C:\\var\\lib\\kubelet\\pki', 'C:\\k\\pki'];

/** Names in `--cert-dir` (kubernetes/kubernetes, pkg/kubelet/certificate): rotated ones, and the self-signed one. */
const KUBELET_FILES: readonly CertificatePath[] = [
  {path: 'kubelet-client-current.pem', role: 'kubelet-client'},
  {path: 'kubelet-server-current.pem', role: 'kubelet-serving'},
  {path: 'kubelet.crt', role: 'kubelet-serving'},
];

/** Names in the agent's folder of RKE2 and k3s (k3s-io/k3s, pkg/util/services). */
const RANCHER_FILES: readonly CertificatePath[] = [
  {path: 'client-kubelet.crt', role: 'kubelet-client'},
  {path: 'serving-kubelet.crt', role: 'kubelet-serving'},
  {path: 'server-ca.crt', role: 'cluster-ca'},
];

export const WINDOWS_CERTIFICATES: readonly CertificatePath[] = [
  ...WINDOWS_DIRS.flatMap(dir => below(dir, '\\', KUBELET_FILES)),
  ...below('C:\\var\\lib\\rancher\\rke2\\agent', '\\', RANCHER_FILES),
  // kubeadm, AKS, OpenShift.
  {path: 'C:\\etc\\kubernetes\\pki\\ca.crt', role: 'cluster-ca'},
  {path: 'C:\\k\\ca.crt', role: 'cluster-ca'},
  {path: 'C:\\k\\kubelet-ca.crt', role: 'cluster-ca'},
];

export const LINUX_CERTIFICATES: readonly CertificatePath[] = [
  ...below('/var/lib/kubelet/pki', '/', KUBELET_FILES),
  ...below('/var/lib/rancher/rke2/agent', '/', RANCHER_FILES),
  ...below('/var/lib/rancher/k3s/agent', '/', RANCHER_FILES),
  // kubeadm, AKS.
  {path: '/etc/kubernetes/pki/ca.crt', role: 'cluster-ca'},
  {path: '/etc/kubernetes/certs/ca.crt', role: 'cluster-ca'},
];

function below(dir: string, separator: string, files: readonly CertificatePath[]): CertificatePath[] {
  return files.map(({path, role}) => ({path: `${dir}${separator}${path}`, role}));
}
