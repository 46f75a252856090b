import * as fc from 'fast-check';

export const PROVIDERS = ['kubeadm', 'aks', 'eks', 'gke', 'openshift', 'rke2'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** Network plugins that each provider's Windows nodes are run with. */
export const NETWORKS = {
  kubeadm: ['flannel', 'calico-operator', 'calico-manifest', 'antrea'],
  aks: ['azure', 'azure-cilium', 'calico-operator'],
  eks: ['aws'],
  gke: ['gke'],
  openshift: ['ovn'],
  rke2: ['calico-operator', 'flannel-rke2'],
} as const satisfies Record<ProviderName, readonly string[]>;
export type Network = (typeof NETWORKS)[ProviderName][number];

export const WINDOWS_BUILDS = [17763, 20348, 26100] as const;
export type Build = (typeof WINDOWS_BUILDS)[number];

/** What runs in a random cluster: shapes that users give their workloads. */
export const PROGRAMS = [
  'deployment',
  'stateful-set',
  'daemon-set',
  'host-process',
  'job-done',
  'job-retried',
  'cron-job',
  'bare-pod',
  'scaled-to-zero',
  'rolling',
  'draining',
  'starting',
  'unread-owner',
] as const;

/** Ways in which a Service is put before a workload. */
export const FRONTS = ['none', 'cluster', 'headless', 'node-port', 'balancer', 'named-port', 'dual'] as const;

export interface Program {
  kind: (typeof PROGRAMS)[number];
  windows: boolean;
  /** Picks a build among those of the cluster. */
  build: number;
  replicas: number;
  /** How it is sent to its OS. */
  pin: 'selector' | 'affinity' | 'runtime-class' | 'taint';
  image: number;
  front: (typeof FRONTS)[number];
  /** Leaves its memory limit to the LimitRange of its namespace. */
  limitRange: boolean;
  gmsa: boolean;
  history: 'none' | 'born' | 'pulled-late' | 'resolved' | 'restarted';
}

/** Everything that makes one random cluster; the same plan makes the same cluster. */
export interface Plan {
  provider: ProviderName;
  network: number;
  minor: number;
  /** Minors that the kubelets are behind. */
  skew: number;
  /** Node count of each build; an absent build is no pool. */
  pools: {build: Build; size: number; cordoned: boolean; joining: boolean}[];
  linux: number;
  tainted: boolean;
  programs: Program[];
  mirrors: boolean;
  istio: boolean;
  awsAuth: boolean;
  kubeProxyDaemon: boolean;
  manyImages: boolean;
  quirks: boolean;
}

const program: fc.Arbitrary<Program> = fc.record({
  kind: fc.constantFrom(...PROGRAMS),
  windows: fc.boolean(),
  build: fc.nat(2),
  replicas: fc.integer({min: 1, max: 4}),
  pin: fc.constantFrom('selector', 'affinity', 'runtime-class', 'taint'),
  image: fc.nat(7),
  front: fc.constantFrom(...FRONTS),
  limitRange: fc.boolean(),
  gmsa: fc.boolean(),
  history: fc.constantFrom('none', 'born', 'pulled-late', 'resolved', 'restarted'),
});

/** Plans of clusters that are in order. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  provider: fc.constantFrom(...PROVIDERS),
  network: fc.nat(3),
  minor: fc.integer({min: 31, max: 36}),
  skew: fc.integer({min: 0, max: 3}),
  pools: fc.uniqueArray(
    fc.record({
      build: fc.constantFrom(...WINDOWS_BUILDS),
      size: fc.integer({min: 1, max: 3}),
      cordoned: fc.boolean(),
      joining: fc.boolean(),
    }),
    {selector: p => p.build, maxLength: 3},
  ),
  linux: fc.integer({min: 1, max: 3}),
  tainted: fc.boolean(),
  programs: fc.array(program, {maxLength: 8}),
  mirrors: fc.boolean(),
  istio: fc.boolean(),
  awsAuth: fc.boolean(),
  kubeProxyDaemon: fc.boolean(),
  manyImages: fc.boolean(),
  quirks: fc.boolean(),
});
