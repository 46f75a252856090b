import {CNI_ERRORS} from '../data/errors/cni.ts';
import {NETWORK_ERRORS} from '../data/errors/network.ts';
import type {Edge} from './edge.ts';

const NETWORK_CLASSES = [...NETWORK_ERRORS, ...CNI_ERRORS].map(e => e.id);
/** Classes by which sandboxes fail where HNS refuses a policy. */
export const POLICY_CLASSES = ['namespace-attach-failed', 'endpoint-degraded', 'hns-policy-invalid'];
/** Load balancers that are missing, or not as Services want them. */
const BALANCERS = ['SVC001', 'SVC003', 'SVC005', 'SVC006', 'SVC007', 'SVC008', 'SVC011'];
/** Endpoints of pods that are missing or not attached. */
const ENDPOINTS = ['HNS010', 'HNS011'];
/** Ways in which pods show that nobody reaches them, or that they reach nobody. */
const DEAD_PODS: readonly Omit<Edge, 'cause' | 'join'>[] = [
  {effects: ['SVC012'], only: ['no pod ready']},
  {effects: ['KBL003'], only: ['liveness probe']},
];

/** An HNS that is down or was started anew takes load balancers and endpoints with it. */
const HNS_DOWN: readonly Edge[] = [
  ...['NOD010', 'NOD011'].map(cause => ({
    cause,
    effects: [...BALANCERS, ...ENDPOINTS],
    join: 'node' as const,
    given: ['hns'],
  })),
  {cause: 'HNS001', effects: [...BALANCERS, ...ENDPOINTS], join: 'node'},
  {cause: 'HNS001', effects: ['AGT003'], join: 'node', given: ['no answer'], only: ['timeout']},
  {cause: 'NOD012', effects: [...BALANCERS, ...ENDPOINTS], join: 'node'},
  // A service that ended is started again on demand, newer than kube-proxy.
  {cause: 'HNS001', effects: ['NOD012'], join: 'node', given: ['no answer', 'hangs while stopping']},
];

/** A kube-proxy that is not there, or takes its node for another, programs nothing, or the wrong thing. */
const PROXY_DOWN: readonly Edge[] = [
  ...['NOD010', 'NOD011'].map(cause => ({
    cause,
    effects: BALANCERS,
    join: 'node' as const,
    given: ['kube-proxy', 'rke2'],
  })),
  {cause: 'CNI007', effects: BALANCERS, join: 'node'},
  // It takes pods of its own node for pods elsewhere (https://github.com/microsoft/Windows-Containers/issues/631).
  {cause: 'CNI009', effects: ['HNS008', 'HNS009', ...BALANCERS], join: 'node'},
  {cause: 'SVC009', effects: ['SVC001', 'SVC005', 'SVC006', 'SVC011'], join: 'node'},
];

/** Networks without which there are no endpoints, and what keeps a network from being right. */
const NETWORKS: readonly Edge[] = [
  // A network that is gone took its endpoints and load balancers with it.
  {cause: 'HNS002', effects: [...ENDPOINTS, ...BALANCERS], join: 'node'},
  {cause: 'CNI003', effects: ['HNS002'], join: 'node', only: ['kube-proxy']},
  {cause: 'HNS003', effects: [...BALANCERS, ...ENDPOINTS, 'HNS004'], join: 'node'},
  {cause: 'HNS004', effects: [...BALANCERS, ...ENDPOINTS], join: 'node'},
  {cause: 'HNS005', effects: ['HNS019'], join: 'node'},
  {cause: 'HNS024', effects: ['HNS002', 'HNS006', ...ENDPOINTS], join: 'node'},
  {cause: 'CNI004', effects: ['HNS013'], join: 'node', only: ['Services']},
  {cause: 'CNI006', effects: ['HNS002', 'HNS019'], join: 'node'},
  ...['HNS002', 'HNS003', 'HNS004', 'HNS024'].map(cause => ({
    cause,
    effects: ['KBL001'],
    join: 'node' as const,
    only: NETWORK_CLASSES,
  })),
  {cause: 'HNS020', effects: ['KBL001'], join: 'node', only: POLICY_CLASSES},
  {cause: 'HNS002', effects: ['CRI002'], join: 'node'},
];

/** Endpoints that are missing, stale or double, and load balancers that are so for their sake. */
const OBJECTS: readonly Edge[] = [
  {cause: 'HNS008', effects: ['HNS009'], join: 'node', only: ['local and remote']},
  {cause: 'HNS011', effects: ['SVC003'], join: 'node', only: ['endpoints not in HNS']},
  {cause: 'HNS011', effects: ['SVC001', 'SVC011'], join: 'node', only: ['pods without endpoint']},
  {cause: 'SVC007', effects: ['SVC003'], join: 'node'},
  {cause: 'SVC005', effects: ['SVC001', 'SVC006', 'SVC011'], join: 'node'},
  // What HNS never lets go of stops sandboxes, and pods from ending.
  {cause: 'HNS012', effects: ['HNS007', 'CRI005'], join: 'node'},
  {cause: 'HNS012', effects: ['KBL006'], join: 'node', only: ['namespace-stuck']},
  {cause: 'HNS007', effects: ['KBL008'], join: 'node', only: ['ip-pool-exhausted']},
  // Each load balancer without direct server return takes 64 ports.
  ...['HNS021', 'HNS022'].map(cause => ({
    cause,
    effects: ['SVC001', 'SVC005', 'SVC006', 'SVC011'],
    join: 'node' as const,
  })),
  // With it, HNS refuses to delete load balancers (https://github.com/microsoft/wcnscripts).
  {cause: 'HNS023', effects: ['SVC002', 'SVC004'], join: 'node'},
];

/** What pods make of a node whose network is broken. */
const PODS: readonly Edge[] = ['HNS002', 'HNS010', 'HNS011', 'SVC001', 'SVC005', 'SVC006'].flatMap(cause =>
  DEAD_PODS.map(rest => ({cause, join: 'node' as const, ...rest})),
);

/** What follows from faults of HNS and kube-proxy on a node, down to the pods. */
export const HNS_EDGES: readonly Edge[] = [...HNS_DOWN, ...PROXY_DOWN, ...NETWORKS, ...OBJECTS, ...PODS];
