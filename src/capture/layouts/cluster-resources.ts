import {RESOURCES} from '../../kube/resources.ts';
import type {Resource} from '../../kube/resources.ts';
import type {FirstPlace} from '../layout.ts';

const BY_PATH: ReadonlyMap<string, Resource> = new Map(RESOURCES.map(r => [r.path, r]));

/** Files whose errors troubleshoot names after something else than the file itself. */
const ERROR_NAMES: ReadonlyMap<string, string> = new Map([['storage', 'storage-classes']]);

/**
 * What a file of troubleshoot's tree holds (`cluster-resources/<x>.json` for a cluster-scoped kind,
 * `<x>/<namespace>.json` for the others, `<x>-errors.json` for what went wrong). Our bundle has the same tree and more.
 */
export function clusterResourcesPlace(path: string): FirstPlace | undefined {
  if (path === 'cluster-info/cluster_version.json') return {role: 'version'};
  const log = logPlace(path);
  if (log) return log;
  const match = /^cluster-resources\/(.+)\.json$/.exec(path);
  const name = match?.[1];
  if (name === undefined) return undefined;
  if (name.endsWith('-errors')) {
    const of = name.slice(0, -'-errors'.length);
    const key = BY_PATH.get(ERROR_NAMES.get(of) ?? of)?.key;
    return key && {role: 'errors', key};
  }
  const whole = BY_PATH.get(name);
  if (whole) return {role: 'objects', key: whole.key};
  const slash = name.lastIndexOf('/');
  const resource = slash < 0 ? undefined : BY_PATH.get(name.slice(0, slash));
  const namespace = name.slice(slash + 1);
  if (!resource?.namespaced || (resource.onlyIn !== undefined && resource.onlyIn !== namespace))
    return undefined;
  return {role: 'objects', key: resource.key, namespace};
}

const LOG = /^cluster-resources\/pods\/logs\/([^/]+)\/([^/]+)\/([^/]+?)(-previous)?\.log$/;

/** Logs of containers (troubleshoot `pkg/collect/logs.go`). */
function logPlace(path: string): FirstPlace | undefined {
  const [, namespace, pod, container, previous] = LOG.exec(path) ?? [];
  return namespace === undefined || pod === undefined || container === undefined
    ? undefined
    : {role: 'log', namespace, pod, container, previous: previous !== undefined};
}
