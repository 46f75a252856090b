import {CNI_ERRORS} from '../data/errors/cni.ts';
import {NETWORK_ERRORS} from '../data/errors/network.ts';
import type {Edge} from './edge.ts';
import {HNS_EDGES, POLICY_CLASSES} from './hns-edges.ts';
import {NET_EDGES} from './net-edges.ts';

/** Why a node's Ready is False where containerd has no pod network. */
const NETWORK_NOT_READY = ['cni-not-initialized', 'network-not-ready', 'pod-network-missing'];

const USER_FIELDS = ['runAsUser', 'runAsGroup'].flatMap(f => [
  `securityContext.${f}`,
  `containers[].securityContext.${f}`,
]);

const NETWORK_CLASSES = [...NETWORK_ERRORS, ...CNI_ERRORS].map(e => e.id);
/** Classes by which HNS itself, and so the build of Windows, fails. */
const HNS_CLASSES = [...POLICY_CLASSES, 'hns-crashed'];
const SLOW_CLASSES = ['compute-start-timeout', 'sandbox-name-reserved', 'runtime-timeout'];
const PAUSE_CLASSES = ['pause-image-unresolvable', 'eks-pause-image-gone', 'pause-image-unavailable'];
const IMAGE_FAULTS = ['IMG001', 'IMG002', 'IMG003', 'IMG011', 'IMG012'];
const POD_FAULTS = ['KBL001', 'KBL002', 'KBL003', 'KBL004', 'KBL007', 'KBL008'];

/** Errors of domain identities on a node (`data/errors/pod.ts`). */
const GMSA_CLASSES = ['gmsa-rpc-unavailable', 'gmsa-credentials-refused', 'gmsa-identity-incorrect'];

/** What crashed has stopped, and what has stopped does not answer. */
const NODE_SERVICE_EDGES: readonly Edge[] = [
  ...['kubelet', 'containerd', 'kube-proxy', 'rke2', 'hns', 'vmcompute'].map(role => ({
    cause: 'NOD011',
    effects: ['NOD010'],
    join: 'node' as const,
    given: [role],
    only: [role],
  })),
  {cause: 'NOD009', effects: ['NOD011'], join: 'node'},
  {cause: 'NOD011', effects: ['NOD012', 'HNS001'], join: 'node', given: ['hns']},
  {cause: 'NOD013', effects: ['NOD010'], join: 'node', only: ['hns', 'vmcompute']},
  {cause: 'CRI008', effects: ['NOD010'], join: 'node', only: ['containerd']},
  {cause: 'NOD010', effects: ['CRI001'], join: 'node', given: ['containerd', 'rke2']},
  {cause: 'NOD010', effects: ['NOD001', 'NOD007'], join: 'node', given: ['kubelet', 'rke2']},
  {cause: 'NOD010', effects: ['CNI007'], join: 'node', given: ['kube-proxy', 'rke2']},
  {cause: 'NOD010', effects: ['HNS001'], join: 'node', given: ['hns']},
  {cause: 'NOD010', effects: ['KBL001'], join: 'node', given: ['hns'], only: NETWORK_CLASSES},
  {cause: 'HNS001', effects: ['KBL001'], join: 'node', only: NETWORK_CLASSES},
  {cause: 'CNI001', effects: ['CRI002'], join: 'node'},
  {cause: 'CNI002', effects: ['KBL001'], join: 'node', only: NETWORK_CLASSES},
  {cause: 'NOD025', effects: ['NOD006'], join: 'node'},
  {cause: 'CRI010', effects: ['IMG004'], join: 'node'},
  {cause: 'IMG004', effects: ['KBL001'], join: 'node', only: PAUSE_CLASSES},
  {cause: 'IMG005', effects: ['KBL001'], join: 'node', only: ['image-build-mismatch']},
  {cause: 'IMG005', effects: ['IMG003'], join: 'node', only: ['pause-image']},
  {cause: 'IDN005', effects: ['KBL001', 'KBL002'], join: 'node', only: GMSA_CLASSES},
  {cause: 'STO002', effects: ['KBL004'], join: 'node'},
];

/**
 * What follows from what, declared once. An effect is explained only when its causes cover every subject of it, so
 * that a fault of its own is never hidden behind somebody else's.
 */
export const EDGES: readonly Edge[] = [
  // SCH, POD, IMG, CRI, NOD, ADV
  {cause: 'NOD001', effects: ['SCH005', 'SCH016', 'DNS006'], join: 'cluster'},
  {cause: 'NOD001', effects: ['CNI006', 'CNI007'], join: 'node', only: ['node not ready']},
  {cause: 'NOD001', effects: ['KBL006', 'NOD007', 'NOD005', 'NOD020'], join: 'node'},
  // Ready tells what the runtime told the kubelet: what is wrong with the runtime comes first.
  {
    cause: 'CRI001',
    effects: ['NOD001'],
    join: 'node',
    only: ['containerd-unreachable', 'runtime-connection-lost', 'runtime-down'],
  },
  {cause: 'CRI002', effects: ['NOD001'], join: 'node', only: NETWORK_NOT_READY},
  ...NODE_SERVICE_EDGES,
  {cause: 'CRI004', effects: ['CRI003'], join: 'node'},
  {cause: 'CRI010', effects: ['NOD005'], join: 'node', only: ['DiskPressure']},
  {cause: 'CRI010', effects: ['IMG011'], join: 'node', only: ['disk-full']},
  {cause: 'NOD004', effects: ['ADV003'], join: 'node'},
  {cause: 'NOD009', effects: ['CRI001', 'NOD001'], join: 'node'},
  {cause: 'NOD009', effects: ['KBL001', 'KBL002'], join: 'node', only: ['commit-exhausted']},
  {cause: 'NOD019', effects: ['NOD009'], join: 'node'},
  {cause: 'NOD019', effects: ['NOD005'], join: 'node', only: ['MemoryPressure']},
  {cause: 'NOD002', effects: ['CLD004'], join: 'node'},
  {cause: 'IMG001', effects: ['IMG002', 'IMG003', 'KBL001', 'KBL002'], join: 'workload'},
  // A selector for a build that the image cannot run on is wrong even where nodes have that build.
  {cause: 'IMG013', effects: ['SCH004', 'SVC012'], join: 'workload'},
  {cause: 'IMG010', effects: ['IMG011'], join: 'workload', only: ['too-slow']},
  {cause: 'IMG012', effects: ['KBL002', 'KBL003'], join: 'workload'},
  {cause: 'SCH001', effects: ['IMG002', 'IMG011', 'IMG012', 'KBL001', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'SCH002', effects: ['IMG002', 'IMG011', 'IMG012', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'SCH003', effects: ['SVC012', 'CNI006', 'CNI007', 'DNS006'], join: 'workload'},
  {cause: 'SCH004', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  {cause: 'SCH005', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  {
    cause: 'SCH009',
    effects: ['IMG002', 'IMG011', 'IMG012', 'KBL001', 'KBL002', 'KBL003', 'KBL004', 'CNI006'],
    join: 'workload',
  },
  {cause: 'SCH011', effects: ['SCH003', 'SCH004', 'SCH013'], join: 'workload'},
  {cause: 'SCH012', effects: ['SVC012', 'CNI006', 'CNI007'], join: 'workload'},
  // What a spec lacks comes before where it may land for want of it.
  {cause: 'SCH013', effects: ['SCH001', 'SCH002'], join: 'workload', only: ['unpinned']},
  {cause: 'SCH015', effects: ['SCH001'], join: 'workload', only: ['unpinned']},
  // A blanket toleration that has done its harm is told of with the harm.
  {cause: 'SCH009', effects: ['SCH015'], join: 'workload'},
  {cause: 'SCH001', effects: ['SCH015'], join: 'workload', given: ['landed']},
  {cause: 'SCH016', effects: ['DNS006'], join: 'cluster'},
  // Checks with a remedy of their own explain what the lists of fields say of the same field.
  {cause: 'POD003', effects: ['POD001', 'POD002'], join: 'workload', only: USER_FIELDS},
  {
    cause: 'POD012',
    effects: ['POD001', 'POD002'],
    join: 'workload',
    only: ['containers[].securityContext.privileged'],
  },
  {cause: 'POD013', effects: ['POD001', 'POD002'], join: 'workload', only: ['resources']},
  {cause: 'POD005', effects: ['KBL002'], join: 'workload'},
  {cause: 'POD006', effects: ['KBL001'], join: 'workload'},
  {cause: 'POD008', effects: ['CNI006', 'CNI007'], join: 'workload'},
  {cause: 'POD009', effects: ['KBL002', 'KBL004'], join: 'workload'},
  {cause: 'POD011', effects: ['KBL002', 'KBL003'], join: 'workload'},
  {cause: 'POD016', effects: ['IMG002', 'IMG011', 'KBL002', 'KBL003'], join: 'workload'},
  {cause: 'POD017', effects: ['KBL003'], join: 'workload'},
  {cause: 'POD018', effects: ['KBL002'], join: 'workload'},
  ...HNS_EDGES,
  ...NET_EDGES,
  // SVC, CNI, DNS, KBL, EVT
  // Names, addresses and policies of a pod come from its node's network agent, which comes from its images and configuration.
  {cause: 'CNI008', effects: ['CNI006'], join: 'cluster'},
  {cause: 'CNI006', effects: ['CNI007', 'CRI002'], join: 'node'},
  {cause: 'CNI006', effects: ['NOD001'], join: 'node', only: ['cni-not-initialized', 'network-not-ready']},
  {cause: 'CNI006', effects: ['KBL001'], join: 'node', only: NETWORK_CLASSES},
  {cause: 'CNI007', effects: ['KBL001'], join: 'node', only: NETWORK_CLASSES},
  {cause: 'CRI002', effects: ['KBL001'], join: 'node', only: NETWORK_CLASSES},
  {cause: 'CLD001', effects: ['KBL001'], join: 'cluster', only: ['vpc-address-label-missing']},
  {cause: 'ADV001', effects: ['KBL001', 'KBL002'], join: 'node', only: HNS_CLASSES},
  {cause: 'CRI001', effects: ['KBL001', 'KBL005'], join: 'node'},
  {cause: 'CRI007', effects: ['KBL001'], join: 'workload', only: ['runtime-handler-missing']},
  {cause: 'KBL005', effects: ['NOD001'], join: 'node', only: ['pleg-unhealthy']},
  {
    cause: 'KBL005',
    effects: ['KBL001', 'KBL006'],
    join: 'node',
    only: [...SLOW_CLASSES, 'kubelet does not end it'],
  },
  // Sandboxes that fail by the pause image: IMG names the node.
  {
    cause: 'IMG002',
    effects: ['KBL001'],
    join: 'node',
    only: ['no-windows-platform', 'linux-layer-on-windows'],
  },
  {cause: 'IMG003', effects: ['KBL001'], join: 'node', only: ['image-build-mismatch']},
  {cause: 'IMG008', effects: ['KBL001'], join: 'node', only: PAUSE_CLASSES},
  {cause: 'IMG011', effects: ['KBL001'], join: 'node', only: PAUSE_CLASSES},
  {cause: 'CLD005', effects: ['KBL001'], join: 'node', only: ['eks-pause-image-gone']},
  {cause: 'NOD009', effects: ['KBL007'], join: 'node', only: ['commit exhausted on the node']},
  {cause: 'NOD005', effects: ['KBL007'], join: 'node', only: ['evicted for memory']},
  {
    cause: 'KBL007',
    effects: ['KBL001', 'KBL002', 'KBL003'],
    join: 'workload',
    given: ['container out of memory', 'commit exhausted on the node', 'evicted for memory'],
  },
  // Pods of the agents are pods, too.
  ...['KBL001', 'KBL002', 'KBL003', 'KBL004', 'KBL007', ...IMAGE_FAULTS].map(cause => ({
    cause,
    effects: ['CNI006', 'CNI007', 'DNS006'],
    join: 'workload' as const,
  })),
  {cause: 'CLD003', effects: ['DNS006'], join: 'cluster'},
  // A Service is as well as the pods behind it.
  ...[...POD_FAULTS, ...IMAGE_FAULTS, 'STO004', 'SCH001', 'SCH002'].map(cause => ({
    cause,
    effects: ['SVC012'],
    join: 'workload' as const,
  })),
  {cause: 'NOD001', effects: ['SVC012'], join: 'node', only: ['no pod ready']},
  // A storm of events is the echo of what they tell of.
  ...[...POD_FAULTS, ...IMAGE_FAULTS, 'STO004', 'SCH003', 'SCH004', 'SCH012'].map(cause => ({
    cause,
    effects: ['EVT001'],
    join: 'workload' as const,
  })),
  ...['NOD001', 'NOD005', 'NOD009', 'KBL005', 'CRI001', 'CRI002', 'CRI010'].map(cause => ({
    cause,
    effects: ['EVT001'],
    join: 'subject' as const,
  })),
  // IDN, STO, CLD, CIB
  // Without the kind there is neither spec nor webhook; a spec, a right or a share that is missing keeps pods from starting.
  {cause: 'IDN001', effects: ['IDN002', 'IDN003'], join: 'cluster'},
  ...['IDN002', 'IDN004'].map(cause => ({cause, effects: ['SVC012'], join: 'workload' as const})),
  {cause: 'IDN006', effects: ['KBL001', 'KBL002'], join: 'node', only: GMSA_CLASSES},
  {cause: 'IDN007', effects: ['KBL001', 'KBL002'], join: 'cluster', only: GMSA_CLASSES},
  {cause: 'STO006', effects: ['STO004'], join: 'workload'},
  ...['STO001', 'STO003', 'STO004', 'STO005', 'STO006'].map(cause => ({
    cause,
    effects: ['KBL004'],
    join: 'workload' as const,
  })),
  {cause: 'CLD001', effects: ['SCH012'], join: 'cluster', only: ['vpc.amazonaws.com/PrivateIPv4Address']},
  {cause: 'CLD003', effects: ['CIB001', 'SCH016', 'CNI006', 'IDN003'], join: 'cluster'},
  {cause: 'NOD002', effects: ['CLD004'], join: 'node'},
  {cause: 'CIB002', effects: ['CIB013'], join: 'cluster'},
];
