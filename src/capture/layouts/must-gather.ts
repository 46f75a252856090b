import {RESOURCES} from '../../kube/resources.ts';
import type {Resource} from '../../kube/resources.ts';
import {gapsByNamespace, wholeNamespaces} from '../gaps.ts';
import type {Layout, Place} from '../layout.ts';
import {folderOf} from '../layout.ts';

const title = 'a must-gather';

const BY_PLURAL: ReadonlyMap<string, Resource> = new Map(
  RESOURCES.map(r => [`${r.group || 'core'}/${r.plural}`, r]),
);

/**
 * An OpenShift must-gather, or what `oc adm inspect` writes: lists as `<plural>.yaml`, objects as `<plural>/<name>.yaml`,
 * below `cluster-scoped-resources/<group>` and `namespaces/<namespace>/<group>` (oc `pkg/cli/admin/inspect/util.go`).
 */
export const mustGather: Layout = {
  id: 'must-gather',
  title,
  root(paths) {
    const marked = paths.filter(p => MARK.test(p));
    return folderOf(marked, 'cluster-scoped-resources/') ?? folderOf(marked, 'namespaces/');
  },
  place(path) {
    if (path === 'timestamp') return {role: 'timestamp'};
    const [top = '', ...rest] = path.split('/');
    const log = LOG.exec(path);
    if (log) return logPlace(log);
    if (!path.endsWith('.yaml')) return undefined;
    if (top === 'cluster-scoped-resources') return placeOf(rest, undefined);
    const [namespace, ...below] = rest;
    if (top !== 'namespaces' || namespace === undefined) return undefined;
    if (below.length === 1 && below[0] === `${namespace}.yaml`) {
      return {role: 'objects', key: 'namespaces', namespace};
    }
    const [folder, pod, file] = below;
    if (folder === 'pods' && below.length === 3 && file === `${pod}.yaml`) {
      return {role: 'objects', key: 'pods', namespace};
    }
    return placeOf(below, namespace);
  },
  gaps: reading => gapsByNamespace(reading, title, wholeNamespaces(reading)),
};

/** `oc adm inspect` names the folder of a container twice, and rotated logs by their time, which are not read. */
const LOG = /^namespaces\/([^/]+)\/pods\/([^/]+)\/([^/]+)\/[^/]+\/logs\/(current|previous)\.log$/;

function logPlace([, namespace = '', pod = '', container = '', which]: RegExpExecArray): Place {
  return {role: 'log', namespace, pod, container, previous: which === 'previous'};
}

const MARK =
  /(?:^|\/)(?:cluster-scoped-resources\/[^/]+\/[^/]+(?:\/[^/]+)?\.yaml|namespaces\/[^/]+\/(?:[^/]+\.yaml|(?:core|apps|batch)\/[^/]+\.yaml))$/;

/** `<group>/<plural>.yaml` or `<group>/<plural>/<name>.yaml`. */
function placeOf(names: readonly string[], namespace: string | undefined): Place | undefined {
  const [group = '', second = '', third] = names;
  if (names.length > 3) return undefined;
  const plural = third === undefined ? second.slice(0, -'.yaml'.length) : second;
  const resource = BY_PLURAL.get(`${group}/${plural}`);
  if (!resource || resource.namespaced !== (namespace !== undefined)) return undefined;
  if (resource.onlyIn !== undefined && resource.onlyIn !== namespace) return undefined;
  return {role: 'objects', key: resource.key, ...(namespace !== undefined && {namespace})};
}
