import type {Edge} from './edge.ts';

/** Load balancers that are missing, or not as Services want them. */
const BALANCERS = ['SVC001', 'SVC003', 'SVC004', 'SVC005', 'SVC007', 'SVC008'];
/** What cuts pods of a node off: HNS, its networks and endpoints, what programs them, a bad update. */
const CUTS = [
  'NOD010',
  'NOD011',
  'HNS001',
  'HNS002',
  'HNS003',
  'HNS004',
  'HNS005',
  'HNS018',
  'HNS019',
  'CNI006',
];
const SILENT_BACKENDS = ['backend: no answer', 'backend: no answer over IPv6'];
/** Everything that is tried from a node, and fails with its way to others. */
const FROM_NODE = ['NET002', 'NET003', 'NET004', 'NET006', 'NET007', 'NET009', 'NET010', 'NET012'];
const NAMES = ['DNS001', 'DNS002', 'DNS003', 'DNS005'];

/** What fails with a node, or with one operating system's way to the other. */
const WIDE: readonly Edge[] = [
  {
    cause: 'NET011',
    effects: [...FROM_NODE, ...NAMES],
    join: 'node',
    given: ['both directions', 'sends nothing'],
  },
  {cause: 'NET011', effects: ['NET005'], join: 'node', given: ['both directions', 'receives nothing']},
  // A pod that is reached from nowhere is behind Services and node ports of other nodes, too.
  {cause: 'NET011', effects: ['NET003'], join: 'cluster', only: SILENT_BACKENDS},
  ...['NET011', 'NET008', 'NET001', 'NET002', 'NET004', 'DNS001'].map(cause => ({
    cause,
    effects: ['NET003'],
    join: 'cluster' as const,
    only: ['another backend'],
  })),
  ...['NET011', 'NET008', 'NET002', 'NET004'].map(cause => ({
    cause,
    effects: ['NET005'],
    join: 'cluster' as const,
    only: ['no answer, nor from pods of other nodes'],
  })),
  // Any node may pass a connection on to the pod that nobody reaches.
  ...['NET001', 'NET002', 'NET004'].map(cause => ({
    cause,
    effects: ['NET005'],
    join: 'cluster' as const,
    only: ['as one of its pods'],
  })),
  {cause: 'NET011', effects: ['DNS001'], join: 'cluster', only: ['one of its pods']},
  {cause: 'NET008', effects: ['NET003'], join: 'cluster', only: SILENT_BACKENDS},
  {cause: 'NET008', effects: ['DNS001'], join: 'cluster', only: ['nobody answers', 'one of its pods']},
  ...['ADV001', ...CUTS].map(cause => ({
    cause,
    effects: ['NET001', 'NET005', 'NET011', ...FROM_NODE, ...NAMES],
    join: 'node' as const,
  })),
];

/** The leg that a Service fails by. */
const LEGS: readonly Edge[] = [
  ...BALANCERS.map(cause => ({cause, effects: ['NET007', 'NET010', 'DNS002'], join: 'node' as const})),
  // The API server is a Service among those of which a sample is tried.
  {cause: 'NET007', effects: ['NET003', 'NET010'], join: 'subject'},
  {cause: 'SVC006', effects: ['DNS002'], join: 'node'},
  {cause: 'SVC011', effects: ['NET005'], join: 'node'},
  {
    cause: 'DNS002',
    effects: ['DNS001'],
    join: 'node',
    only: ['UDP alone', 'TCP alone', 'IPv4 alone', 'IPv6 alone'],
  },
  {cause: 'DNS002', effects: ['DNS003'], join: 'node'},
  {cause: 'DNS001', effects: ['DNS003'], join: 'node', given: ['nobody answers']},
  {cause: 'DNS006', effects: ['DNS001', 'DNS002', 'DNS003', 'DNS005'], join: 'cluster'},
  {cause: 'HNS016', effects: ['NET009'], join: 'node'},
  {cause: 'HNS017', effects: ['DNS001', 'DNS003', 'DNS004'], join: 'node'},
  ...['HNS013', 'HNS014', 'HNS020'].map(cause => ({cause, effects: ['NET006'], join: 'node' as const})),
];

/** One pod, whoever tries it. */
const PODS: readonly Edge[] = [
  {cause: 'NET001', effects: ['NET002', 'NET004'], join: 'subject'},
  {cause: 'NET002', effects: ['NET004'], join: 'subject'},
  ...['NET001', 'NET002', 'NET004'].map(cause => ({
    cause,
    effects: ['NET003'],
    join: 'workload' as const,
    only: [...SILENT_BACKENDS, 'backend: refused', 'backend: refused over IPv6'],
  })),
];

/** What follows from what of the connections that were tried. */
export const NET_EDGES: readonly Edge[] = [...WIDE, ...LEGS, ...PODS];
