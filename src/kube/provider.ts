import type {Node} from './types.ts';

/** Who runs a cluster's nodes, or what installed them. */
export type Provider = 'aks' | 'eks' | 'gke' | 'openshift' | 'rke2' | 'k3s' | 'kubeadm';

/** Providers that choose containerd, the OS image and the update for a node, so that its owner cannot. */
const MANAGED: ReadonlySet<Provider> = new Set(['aks', 'eks', 'gke']);

/** Labels that only a provider's own nodes bear, by provider; the first that matches wins. */
const LABELS: readonly (readonly [Provider, readonly string[]])[] = [
  // OpenShift runs on the clouds of others, so it is asked for first.
  ['openshift', ['node.openshift.io/os_id', 'node.openshift.io/os_version']],
  ['aks', ['kubernetes.azure.com/cluster', 'kubernetes.azure.com/agentpool', 'kubernetes.azure.com/os-sku']],
  [
    'eks',
    [
      'eks.amazonaws.com/nodegroup',
      'eks.amazonaws.com/nodegroup-image',
      'eks.amazonaws.com/compute-type',
      'alpha.eksctl.io/nodegroup-name',
    ],
  ],
  ['gke', ['cloud.google.com/gke-nodepool', 'cloud.google.com/gke-os-distribution']],
  ['rke2', ['rke.cattle.io/machine', 'cattle.io/os']],
];

/** What a distribution writes into the version of the kubelet it builds: `v1.33.1-eks-1a2b3c4`, `v1.31.4+rke2r1`. */
const KUBELET_MARKS: readonly (readonly [Provider, RegExp])[] = [
  ['eks', /-eks-/],
  ['gke', /-gke\./],
  ['rke2', /\+rke2r\d/],
  ['k3s', /\+k3s\d/],
];

const OPENSHIFT_ANNOTATION = 'windowsmachineconfig.openshift.io/version';
const KUBEADM_ANNOTATION = 'kubeadm.alpha.kubernetes.io/cri-socket';

/** Labels by which providers and installers group nodes of one making, the most specific first. */
const POOL_LABELS = [
  'kubernetes.azure.com/agentpool',
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'karpenter.sh/nodepool',
  'cloud.google.com/gke-nodepool',
  'kops.k8s.io/instancegroup',
  'cluster.x-k8s.io/deployment-name',
  'machine.openshift.io/cluster-api-machineset',
  'agentpool',
] as const;

/** A group of nodes that were made alike, and the label that says so. */
export interface Pool {
  label: string;
  name: string;
}

/**
 * Tells who runs a node by its labels, then by the kubelet's version, then by annotations of installers. A provider's id
 * alone (`azure:///`) proves nothing: self-made clusters in a cloud bear it, too.
 */
export function providerOfNode(node: Node): Provider | undefined {
  const labels = node.metadata.labels ?? {};
  for (const [provider, keys] of LABELS) {
    if (keys.some(key => Object.hasOwn(labels, key))) return provider;
  }
  const annotations = node.metadata.annotations ?? {};
  if (Object.hasOwn(annotations, OPENSHIFT_ANNOTATION)) return 'openshift';
  const version = node.status.nodeInfo?.kubeletVersion ?? '';
  const marked = KUBELET_MARKS.find(([, mark]) => mark.test(version));
  if (marked) return marked[0];
  return Object.hasOwn(annotations, KUBEADM_ANNOTATION) ? 'kubeadm' : undefined;
}

/** Tells who runs a cluster: what most of its nodes say; among equals the first in the order of the nodes. */
export function providerOf(nodes: readonly Node[]): Provider | undefined {
  const votes = new Map<Provider, number>();
  for (const node of nodes) {
    const provider = providerOfNode(node);
    if (provider) votes.set(provider, (votes.get(provider) ?? 0) + 1);
  }
  let best: Provider | undefined;
  for (const [provider, count] of votes) {
    if (best === undefined || count > (votes.get(best) ?? 0)) best = provider;
  }
  return best;
}

/** Whether the provider, not the node's owner, chooses what software the node runs. */
export function isManagedNode(node: Node): boolean {
  const provider = providerOfNode(node);
  return provider !== undefined && MANAGED.has(provider);
}

/** The pool that a node says it belongs to; none where no known label groups it. */
export function poolOf(node: Node): Pool | undefined {
  const labels = node.metadata.labels ?? {};
  for (const label of POOL_LABELS) {
    const name = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (name) return {label, name};
  }
  return undefined;
}
