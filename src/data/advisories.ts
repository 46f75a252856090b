/**
 * Builds and components with known faults on Windows nodes. Every row names where it was read; the ranges of kube-proxy
 * are those of the release notes of Kubernetes (https://github.com/kubernetes/kubernetes/tree/master/CHANGELOG).
 */
export const checkedAt = '2026-11-21';

/** A range of revisions of one Windows build with a fault that an update brought and a later one took away. */
export interface OsAdvisory {
  id: string;
  build: number;
  /** First and last bad revision. */
  from: number;
  to: number;
  /** Update that repairs it; later ones do, too. */
  fixedBy: string;
  fixedRevision: number;
  /** What users see, as a clause. */
  fault: string;
  severity: 'error' | 'warning';
  links: readonly string[];
}

/** By build, then by revision. */
export const OS_ADVISORIES: readonly OsAdvisory[] = [
  {
    id: 'before-KB4570333',
    build: 17763,
    from: 0,
    to: 1456,
    fixedBy: 'KB4570333',
    fixedRevision: 1457,
    fault: 'newer images do not start (`CreateComputeSystem: The directory name is invalid`)',
    severity: 'error',
    links: [
      'https://github.com/containerd/containerd/issues/10347',
      'https://github.com/rancher/rke2/issues/2203',
    ],
  },
  {
    id: 'KB4570333',
    build: 17763,
    from: 1457,
    to: 1517,
    fixedBy: 'KB4577668',
    fixedRevision: 1518,
    fault: 'traffic from pods to Services fails after HNS is restarted (its VFP layer DECAP_IN is lost)',
    severity: 'error',
    links: ['https://github.com/microsoft/Windows-Containers/issues/61'],
  },
  {
    id: 'KB5040437',
    build: 20348,
    from: 2582,
    to: 2761,
    fixedBy: 'KB5044281',
    fixedRevision: 2762,
    fault: 'pods have no network: they reach nothing outside and are not reached',
    severity: 'error',
    links: [
      'https://github.com/microsoft/Windows-Containers/issues/516',
      'https://github.com/projectcalico/calico/issues/9019',
    ],
  },
];

/** The advisory that a build and revision fall under. */
export function osAdvisory(build: number, revision: number): OsAdvisory | undefined {
  return OS_ADVISORIES.find(a => a.build === build && revision >= a.from && revision <= a.to);
}

/** A fault of a component that runs on Windows nodes. */
export interface ComponentAdvisory {
  id: string;
  component: 'antrea' | 'azure-cni' | 'containerd' | 'csi-proxy' | 'kube-proxy' | 'LogMonitor';
  introduced?: string;
  /** First good release of each mended line, ascending. */
  fixed: readonly string[];
  /** Builds of the node on which it shows; all where absent. */
  builds?: readonly number[];
  fault: string;
  severity: 'error' | 'warning' | 'info';
  links: readonly string[];
}

/** By component, then by id. */
export const COMPONENT_ADVISORIES: readonly ComponentAdvisory[] = [
  {
    id: 'antrea-2306',
    component: 'antrea',
    fixed: ['1.2.0'],
    fault: 'under Docker HNS endpoints of deleted pods are left behind',
    severity: 'warning',
    links: [
      'https://github.com/antrea-io/antrea/issues/2301',
      'https://github.com/antrea-io/antrea/pull/2306',
    ],
  },
  {
    id: 'antrea-2363',
    component: 'antrea',
    fixed: ['1.1.2', '1.2.0'],
    fault: 'its agent hangs now and then while it sets routes, and pods of other nodes are not reached',
    severity: 'warning',
    links: ['https://github.com/antrea-io/antrea/pull/2363'],
  },
  {
    id: 'azure-container-networking-1070',
    component: 'azure-cni',
    fixed: ['1.4.16'],
    fault:
      'on a busy node it leaves its lock behind, and every later pod fails with `timed out locking store`',
    severity: 'error',
    links: ['https://github.com/Azure/azure-container-networking/issues/1359'],
  },
  {
    id: 'containerd-highest-revision',
    component: 'containerd',
    fixed: ['2.1.9'],
    builds: [26100],
    fault:
      'of an image with entries for several Windows builds it pulls the one with the highest revision, on Server 2025 perhaps that of Server 2022',
    severity: 'info',
    links: ['https://github.com/containerd/containerd/issues/11366'],
  },
  {
    id: 'containerd-host-process-port-forward',
    component: 'containerd',
    introduced: '1.6.0',
    fixed: ['1.7.16'],
    fault: '`kubectl port-forward` to a HostProcess pod always fails',
    severity: 'info',
    links: ['https://github.com/containerd/containerd/releases/tag/v1.7.16'],
  },
  {
    id: 'CVE-2023-3893',
    component: 'csi-proxy',
    fixed: ['1.1.3'],
    fault: 'who may create pods can become administrator of the node (CVE-2023-3893)',
    severity: 'warning',
    links: ['https://github.com/kubernetes/kubernetes/issues/119594'],
  },
  {
    id: 'kubernetes-110674',
    component: 'kube-proxy',
    introduced: '1.20.0',
    fixed: ['1.24.10'],
    fault: 'Services stay dead after HNS crashed or was restarted, until kube-proxy is restarted',
    severity: 'warning',
    links: ['https://github.com/kubernetes/kubernetes/issues/110674'],
  },
  {
    id: 'kubernetes-131427',
    component: 'kube-proxy',
    introduced: '1.31.0',
    fixed: ['1.31.9', '1.32.5', '1.33.1'],
    fault:
      'it cannot make an HNS endpoint where a remote one with the same address exists, so Services lose backends',
    severity: 'warning',
    links: ['https://github.com/kubernetes/kubernetes/pull/131427'],
  },
  {
    id: 'kubernetes-131466',
    component: 'kube-proxy',
    introduced: '1.31.0',
    fixed: ['1.32.6', '1.33.2'],
    builds: [26100],
    fault: 'Services keep their old backends when pods come and go',
    severity: 'error',
    links: ['https://github.com/kubernetes/kubernetes/issues/131466'],
  },
  {
    id: 'kubernetes-134032',
    component: 'kube-proxy',
    introduced: '1.31.0',
    fixed: ['1.31.14', '1.32.10', '1.33.6', '1.34.2'],
    fault: 'cluster addresses of Services with `internalTrafficPolicy: Local` die now and then',
    severity: 'info',
    links: ['https://github.com/kubernetes/kubernetes/pull/134032'],
  },
  {
    id: 'kubernetes-135171',
    component: 'kube-proxy',
    introduced: '1.31.0',
    fixed: ['1.32.10', '1.33.6', '1.34.2'],
    fault:
      'pods behind several Services leave stale remote endpoints behind, which swallow traffic once an address is used again',
    severity: 'warning',
    links: ['https://github.com/kubernetes/kubernetes/pull/135171'],
  },
  {
    id: 'kubernetes-136123',
    component: 'kube-proxy',
    introduced: '1.34.0',
    fixed: ['1.34.4'],
    fault: 'it rechecks its rules only when a Service changes, so what HNS lost stays lost',
    severity: 'warning',
    links: ['https://github.com/kubernetes/kubernetes/pull/136123'],
  },
  {
    id: 'kubernetes-138601',
    component: 'kube-proxy',
    introduced: '1.34.0',
    fixed: ['1.34.8'],
    fault: 'on L2Bridge networks traffic goes to the wrong node once a pod address is used again elsewhere',
    severity: 'info',
    links: ['https://github.com/kubernetes/kubernetes/pull/138601'],
  },
  {
    id: 'windows-container-tools-192',
    component: 'LogMonitor',
    introduced: '2.1.0',
    fixed: ['2.1.1'],
    fault: 'where its output is a pipe it prints nothing, or ends at a line with `%`, as logs of IIS have',
    severity: 'error',
    links: [
      'https://github.com/microsoft/windows-container-tools/issues/192',
      'https://github.com/microsoft/windows-container-tools/issues/187',
    ],
  },
  {
    id: 'windows-container-tools-212',
    component: 'LogMonitor',
    introduced: '2.0.0',
    fixed: ['2.1.2'],
    fault: 'a line of 4,096 bytes or more from its program stops it reading, and the program hangs or dies',
    severity: 'warning',
    links: ['https://github.com/microsoft/windows-container-tools/issues/212'],
  },
  {
    id: 'windows-container-tools-82',
    component: 'LogMonitor',
    fixed: ['1.2.0'],
    fault: 'letters beyond ASCII are garbled, and the container always ends with exit code 0',
    severity: 'info',
    links: [
      'https://github.com/microsoft/windows-container-tools/issues/82',
      'https://github.com/microsoft/windows-container-tools/issues/30',
    ],
  },
];
