import {runtimeCondition} from '../node/cri.ts';
import {valueOn} from '../node/on-node.ts';
import type {Node} from '../kube/types.ts';
import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Listing} from './list.ts';
import {windowsNodesOf} from './list.ts';

/** The container runtime of a Windows node. What could not be seen is null. */
export interface RuntimeItem {
  node: string;
  /** `containerd 2.2.7` */
  runtime: string | null;
  /** Version of the format of `config.toml`. */
  configVersion: number | null;
  ready: boolean | null;
  handlers: string[] | null;
  snapshotter: string | null;
  pause: {configured: string | null; from: string | null; seen: string[]} | null;
  sandboxes: {ready: number; notReady: number} | null;
  /** `OK`, or what keeps the network from being ready. */
  cni: string | null;
  networks: string[];
}

const KEYS: readonly EvidenceKey[] = [
  'nodes',
  'node.cri.version',
  'node.cri.status',
  'node.cri.config',
  'node.cri.pause',
  'node.cri.sandboxes',
];

/** Lists the container runtimes of Windows nodes. */
export const RUNTIME_LISTING: Listing<RuntimeItem> = {
  kind: 'RuntimeList',
  keys: KEYS,
  items: snapshot => windowsNodesOf(snapshot).map(node => itemOf(node, snapshot)),
  columns: [
    {title: 'NODE', cell: r => r.node},
    {title: 'RUNTIME', cell: r => r.runtime ?? ''},
    {title: 'READY', cell: r => (r.ready === null ? '' : r.ready ? 'yes' : 'no')},
    {title: 'CONFIG', cell: r => (r.configVersion === null ? '' : `v${r.configVersion}`)},
    {title: 'PAUSE IMAGE', cell: r => r.pause?.configured ?? ''},
    {
      title: 'SANDBOXES',
      cell: r => (r.sandboxes ? `${r.sandboxes.ready}/${r.sandboxes.ready + r.sandboxes.notReady}` : ''),
    },
    {title: 'CNI', cell: r => r.cni ?? ''},
    {title: 'PAUSE FROM', wide: true, cell: r => r.pause?.from ?? ''},
    {title: 'PAUSE SEEN', wide: true, cell: r => r.pause?.seen.join(',') ?? ''},
    {title: 'SNAPSHOTTER', wide: true, cell: r => r.snapshotter ?? ''},
    {title: 'HANDLERS', wide: true, cell: r => r.handlers?.map(h => h || '(default)').join(',') ?? ''},
    {title: 'NETWORKS', wide: true, cell: r => r.networks.join(',')},
  ],
};

function itemOf(node: Node, snapshot: Snapshot): RuntimeItem {
  const {name} = node.metadata;
  const version = valueOn(evidenceOf(snapshot, 'node.cri.version'), name);
  const status = valueOn(evidenceOf(snapshot, 'node.cri.status'), name);
  const config = valueOn(evidenceOf(snapshot, 'node.cri.config'), name);
  const pause = valueOn(evidenceOf(snapshot, 'node.cri.pause'), name);
  const sandboxes = valueOn(evidenceOf(snapshot, 'node.cri.sandboxes'), name);
  const network = status && runtimeCondition(status, 'NetworkReady');
  const ready = sandboxes?.filter(s => s.ready).length;
  const listed = node.status.runtimeHandlers?.map(h => h.name ?? '');
  const handlers = status && status.handlers.length > 0 ? status.handlers.map(h => h.name) : listed;
  return {
    node: name,
    runtime: version
      ? `${version.runtimeName ?? ''} ${(version.runtimeVersion ?? '').replace(/^v/, '')}`.trim()
      : (node.status.nodeInfo?.containerRuntimeVersion?.replace('://', ' ') ?? null),
    configVersion: config?.find(f => f.file === 'cri/config.toml')?.version ?? null,
    ready: status ? (runtimeCondition(status, 'RuntimeReady')?.status ?? null) : null,
    handlers: handlers ?? null,
    snapshotter: status?.snapshotter ?? null,
    pause: pause
      ? {
          configured: pause.configured?.image ?? null,
          from: pause.configured?.from ?? null,
          seen: pause.seen.map(s => s.image),
        }
      : null,
    sandboxes: sandboxes && ready !== undefined ? {ready, notReady: sandboxes.length - ready} : null,
    cni:
      status?.cni?.lastLoad?.text ??
      (network ? (network.status ? 'OK' : (network.message ?? 'not ready')) : null),
    networks: status?.cni?.networks ?? [],
  };
}
