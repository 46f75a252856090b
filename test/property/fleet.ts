import {ago} from '../helpers/raw.ts';
import {lease, linuxNode, windowsNode} from '../helpers/raw-nodes.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import type {Build, Plan, ProviderName} from './plan.ts';

/** Patch releases without a known fault on Windows, by minor. */
const PATCHES: Record<number, string> = {
  31: '1.31.14',
  32: '1.32.12',
  33: '1.33.9',
  34: '1.34.8',
  35: '1.35.4',
  36: '1.36.1',
};
const OLDEST = 31;

/** A containerd that suits each minor; as text of a node of each provider. */
function runtimeOf(provider: ProviderName, minor: number): string {
  const runtimes: Record<ProviderName, string> = {
    aks: minor < 33 ? 'containerd://1.7.20+azure' : 'containerd://2.2.1+azure',
    eks: minor < 34 ? 'containerd://1.7.30' : 'containerd://2.0.4+unknown',
    gke: minor < 33 ? 'containerd://1.7.24' : 'containerd://2.0.6',
    openshift: minor % 2 === 0 ? 'containerd://1.19' : 'containerd://2.2.1',
    rke2: 'containerd://2.2.3-k3s1',
    kubeadm: minor < 34 ? 'containerd://1.7.29' : 'containerd://2.3.0',
  };
  return runtimes[provider];
}

/** The version of a component of a minor, as each provider's builds print it. */
export function versionOf(provider: ProviderName, minor: number, windows = true): string {
  const suffixes: Partial<Record<ProviderName, string>> = {
    eks: '-eks-113cf36',
    gke: '-gke.1080000',
    rke2: '+rke2r1',
    openshift: windows ? '+1a2b3c4' : '',
  };
  return `v${PATCHES[minor]}${suffixes[provider] ?? ''}`;
}

/** Whether a provider runs this build under this Kubernetes version, at the moment of the clusters. */
export function runsBuild(provider: ProviderName, build: Build, minor: number): boolean {
  // Server 2025 needs a kube-proxy of 1.32: the fault of its load balancers was never mended in 1.31.
  if (build === 17763) return minor <= 34 && provider !== 'aks';
  if (build === 26100) return minor >= (provider === 'eks' ? 35 : 32) && provider !== 'gke';
  return true;
}

const REVISIONS: Record<Build, string> = {17763: '7678', 20348: '4297', 26100: '6905'};
const YEARS: Record<Build, string> = {17763: '2019', 20348: '2022', 26100: '2025'};

/** A Windows node of one provider. */
export function windowsMember(
  plan: Plan,
  build: Build,
  at: {index: number; name: string; minor: number},
): Raw {
  const {index, name, minor} = at;
  const node: Json = windowsNode(name, index);
  const pool = `win${YEARS[build]}`;
  const windowsBuild = `10.0.${build}`;
  node.metadata.labels['node.kubernetes.io/windows-build'] = windowsBuild;
  node.metadata.labels['beta.kubernetes.io/os'] = 'windows';
  Object.assign(node.status.nodeInfo, {
    kernelVersion: `${windowsBuild}.${REVISIONS[build]}`,
    osImage: `Windows Server ${YEARS[build]} Datacenter`,
    kubeletVersion: versionOf(plan.provider, minor),
    containerRuntimeVersion: runtimeOf(plan.provider, minor),
  });
  node.spec.taints = plan.tainted || plan.provider === 'gke' ? [taintOf(plan.provider)] : [];
  node.status.images = imagesOf(plan, build);
  dress(node, plan, pool);
  if (plan.provider === 'aks') {
    Object.assign(node.metadata.labels, {
      'kubernetes.azure.com/os-sku': `Windows${YEARS[build]}`,
      'kubernetes.azure.com/node-image-version': `AKSWindows-${YEARS[build]}-containerd-${build}.${REVISIONS[build]}.260811`,
    });
  }
  if (plan.provider === 'eks') {
    for (const pool of [node.status.capacity, node.status.allocatable])
      pool['vpc.amazonaws.com/PrivateIPv4Address'] = '14';
  }
  return node;
}

/** The taint by which each provider keeps Linux pods off its Windows nodes. */
export function taintOf(provider: ProviderName): {key: string; value: string; effect: string} {
  if (provider === 'gke') return {key: 'node.kubernetes.io/os', value: 'windows', effect: 'NoSchedule'};
  return {key: 'os', value: provider === 'openshift' ? 'Windows' : 'windows', effect: 'NoSchedule'};
}

export function linuxMember(plan: Plan, at: {index: number; name: string; minor: number}): Raw {
  const {index, name, minor} = at;
  const node: Json = linuxNode(name, index);
  const openshift = plan.provider === 'openshift';
  Object.assign(node.status.nodeInfo, {
    kubeletVersion: versionOf(plan.provider, minor, false),
    containerRuntimeVersion: openshift ? `cri-o://1.${minor}.5-3.rhaos` : runtimeOf(plan.provider, minor),
    osImage: openshift ? 'Red Hat Enterprise Linux CoreOS 9.6.20260801-0' : 'Ubuntu 24.04.3 LTS',
  });
  if (plan.provider === 'kubeadm' && index === 0) {
    node.metadata.labels['node-role.kubernetes.io/control-plane'] = '';
    node.spec.taints = [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}];
  }
  dress(node, plan, 'system');
  return node;
}

/** Labels, annotations and ids that a provider gives all its nodes. */
function dress(node: Json, {provider}: Plan, pool: string): void {
  const {labels, annotations, name} = node.metadata;
  switch (provider) {
    case 'aks':
      Object.assign(labels, {
        agentpool: pool,
        'kubernetes.azure.com/agentpool': pool,
        'kubernetes.azure.com/cluster': 'MC_shop_shop_westeurope',
        'kubernetes.azure.com/mode': pool === 'system' ? 'system' : 'user',
        'kubernetes.azure.com/role': 'agent',
      });
      node.spec.providerID = `azure:///subscriptions/0000/resourceGroups/mc_shop/providers/Microsoft.Compute/${name}`;
      break;
    case 'eks':
      Object.assign(labels, {
        'eks.amazonaws.com/nodegroup': pool,
        'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      });
      node.spec.providerID = `aws:///eu-west-1a/i-${name}`;
      break;
    case 'gke':
      Object.assign(labels, {
        'cloud.google.com/gke-nodepool': pool,
        'cloud.google.com/gke-os-distribution': pool === 'system' ? 'cos' : 'windows_ltsc',
      });
      node.spec.providerID = `gce://shop/europe-west1-b/${name}`;
      break;
    case 'openshift':
      labels['node.openshift.io/os_id'] = pool === 'system' ? 'rhel' : 'Windows';
      if (pool !== 'system') annotations['windowsmachineconfig.openshift.io/version'] = '10.20.0-5a6b7c8';
      break;
    case 'rke2':
      Object.assign(labels, {
        'rke.cattle.io/machine': `${name}-uid`,
        'cattle.io/os': labels['kubernetes.io/os'],
      });
      node.spec.providerID = `rke2://${name}`;
      break;
    case 'kubeadm':
      annotations['kubeadm.alpha.kubernetes.io/cri-socket'] = 'unix:///run/containerd/containerd.sock';
  }
}

/** What a kubelet reports: the biggest images first, 50 at most, each under its digest and its tag. */
function imagesOf({manyImages}: Plan, build: Build): Json[] {
  const size = 4_900_000_000;
  const ours = [`mcr.microsoft.com/windows/servercore:ltsc${YEARS[build]}`, 'registry.k8s.io/pause:3.10.2'];
  const fill = Array.from(
    {length: manyImages ? 48 : 0},
    (_, i) => `registry.example.test/build/layer-${i}:1.${i}`,
  );
  return [...ours, ...fill].map((name, i) => ({
    names: [`${name.replace(/:[^:]*$/, '')}@sha256:${String(i).padStart(64, '0')}`, name],
    sizeBytes: size - i * 90_000_000,
  }));
}

/** All nodes of a plan, with their leases. Kubelets are behind the API server by `skew` minors at most. */
export function fleetOf(plan: Plan): {nodes: Raw[]; objects: Raw[]} {
  const {provider} = plan;
  const minor = Math.max(OLDEST, plan.minor - plan.skew);
  const nodes: Raw[] = [];
  for (let i = 0; i < plan.linux + (provider === 'kubeadm' ? 1 : 0); i++) {
    nodes.push(linuxMember(plan, {index: i, name: nameOf(provider, 'linux', i), minor}));
  }
  for (const {build, size, cordoned, joining} of plan.pools) {
    if (!runsBuild(provider, build, plan.minor) || !runsBuild(provider, build, minor)) continue;
    for (let i = 0; i < size; i++) {
      const index = nodes.length;
      const node: Json = windowsMember(plan, build, {index, name: nameOf(provider, `w${build}`, i), minor});
      if (cordoned && i > 0 && i === size - 1) cordon(node);
      if (joining && i > 0 && i === size - 1) join(node);
      nodes.push(node);
    }
  }
  return {nodes, objects: [...nodes, ...nodes.map(n => lease(n.metadata.name))]};
}

/** A node that is being drained: cordoned a minute ago. */
function cordon(node: Json): void {
  node.spec.unschedulable = true;
  node.spec.taints.push({key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: ago(60)});
}

/** A node that the autoscaler added half a minute ago, and that says Ready since then. */
function join(node: Json): void {
  node.metadata.creationTimestamp = ago(35);
  for (const c of node.status.conditions) c.lastTransitionTime = ago(15);
  node.status.images = [];
}

function nameOf(provider: ProviderName, pool: string, i: number): string {
  const last = pool.codePointAt(pool.length - 1) ?? 0;
  const names: Partial<Record<ProviderName, string>> = {
    aks: pool === 'linux' ? `aks-system-31415926-vmss00000${i}` : `aks${pool}00000${i}`,
    eks: `ip-10-0-${pool.length * 20 + i}-${last}.eu-west-1.compute.internal`,
    gke: `gke-shop-${pool}-1a2b3c4d-x${i}yz`,
  };
  return names[provider] ?? `${pool}-${i}`;
}
