import type {ResourceKey} from '../../kube/resources.ts';
import {gapsByNamespace, wholeNamespaces} from '../gaps.ts';
import type {Layout} from '../layout.ts';
import type {Reading} from '../reading.ts';

const title = 'a cluster-info dump';

/** Files of each namespace (kubectl `pkg/cmd/clusterinfo/clusterinfo_dump.go`); all of them are written, even if empty. */
const KINDS: ReadonlyMap<string, ResourceKey> = new Map([
  ['events', 'events'],
  ['services', 'services'],
  ['daemonsets', 'daemonSets'],
  ['deployments', 'deployments'],
  ['replicasets', 'replicaSets'],
  ['pods', 'pods'],
]);

/** Logs of all containers of a pod, one after the other. */
const LOG = /^([^/]+)\/([^/]+)\/logs\.txt$/;

/** No other tool writes a file of this name, and a dump has one for each namespace. */
const MARK = /^replication-controllers\.(?:json|yaml|txt)$/;

/** Kubernetes makes these in every cluster; nobody asks for them one by one. */
const OF_EVERY_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** What `kubectl cluster-info dump --output-directory` writes. */
export const clusterInfoDump: Layout = {
  id: 'cluster-info-dump',
  title,
  root(paths) {
    const all = new Set(paths);
    for (const path of paths) {
      const names = path.split('/');
      if (names.length < 2 || !MARK.test(names.at(-1) ?? '')) continue;
      const root = names
        .slice(0, -2)
        .map(n => `${n}/`)
        .join('');
      if (['json', 'yaml', 'txt'].some(ext => all.has(`${root}nodes.${ext}`))) return root;
    }
    return undefined;
  },
  place(path) {
    const [, of, pod] = LOG.exec(path) ?? [];
    if (of !== undefined && pod !== undefined) return {role: 'log', namespace: of, pod, previous: false};
    const match = /^(?:([^/]+)\/)?([a-z]+)\.(?:json|yaml|txt)$/.exec(path);
    const [, namespace, name = ''] = match ?? [];
    if (namespace === undefined) return name === 'nodes' ? {role: 'objects', key: 'nodes'} : undefined;
    const key = KINDS.get(name);
    return key && {role: 'objects', key, namespace};
  },
  gaps: reading => gapsByNamespace(reading, title, namespacesOf(reading)),
};

/**
 * A dump holds the namespaces that were asked for, by default the current one and kube-system, and does not say whether
 * these are all. With `-A` it holds the four that every cluster has; then it counts as whole.
 */
function namespacesOf(reading: Reading): ReadonlySet<string> | undefined {
  const seen = new Set([...KINDS.values()].flatMap(key => [...(reading.kinds.get(key)?.read ?? [])]));
  return OF_EVERY_CLUSTER.every(n => seen.has(n)) ? seen : wholeNamespaces(reading);
}
