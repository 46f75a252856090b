import {createHash} from 'node:crypto';
import {RESOURCES, bundlePath} from '../../src/kube/resources.ts';
import type {Resource} from '../../src/kube/resources.ts';
import {resourceOf} from '../../src/capture/kinds.ts';
import {stringify} from 'yaml';
import type {Raw} from './raw.ts';
import {NOW} from './raw.ts';

/** Files of a capture by path, in the order of their paths. */
export type Dump = ReadonlyMap<string, string>;

/** What troubleshoot's `clusterResources` collector does not take (v0.133, `pkg/collect/cluster_resources.go`). */
export const NOT_IN_TROUBLESHOOT = ['runtimeClasses', 'csiNodes', 'csiDrivers'] as const;

/** Kinds that `kubectl cluster-info dump` takes. */
export const IN_CLUSTER_INFO_DUMP = [
  'nodes',
  'events',
  'services',
  'daemonSets',
  'deployments',
  'replicaSets',
  'pods',
] as const;

/** Our bundle: troubleshoot's tree with all kinds, and a manifest. Namespaces without objects of a kind have no file. */
export function bundleDump(objects: readonly Raw[], time = NOW): Dump {
  const files = clusterResources(objects, RESOURCES, false);
  files.set('version.yaml', VERSION_YAML);
  const listed = [...files].map(([path, content]) => ({
    path,
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  files.set(
    'kubectl-win/manifest.json',
    `${JSON.stringify({
      apiVersion: 'kubectl-win/v1',
      kind: 'BundleManifest',
      tool: {version: '0.1.0'},
      time,
      cluster: {name: 'test'},
      files: listed,
      missing: [],
    })}\n`,
  );
  return sorted(files);
}

/** A troubleshoot support bundle, as v0.133 lays it out: one file for each namespace, also where it is empty. */
export function troubleshootDump(objects: readonly Raw[]): Dump {
  const lacking = new Set<string>(NOT_IN_TROUBLESHOOT);
  const files = clusterResources(
    objects,
    RESOURCES.filter(r => !lacking.has(r.key)),
  );
  files.set('version.yaml', VERSION_YAML);
  files.set('cluster-resources/pods-errors.json', 'null');
  return sorted(under('support-bundle-2026-09-01T12_00_00/', files));
}

/** What `kubectl cluster-info dump -A --output-directory` writes: typed lists whose items have no kind of their own. */
export function clusterInfoDump(objects: readonly Raw[]): Dump {
  const files = new Map<string, string>();
  const namespaces = namesOf(objects);
  for (const key of IN_CLUSTER_INFO_DUMP) {
    const resource = RESOURCES.find(r => r.key === key);
    if (!resource) continue;
    const items = itemsOf(objects, resource);
    if (!resource.namespaced) files.set(`${resource.plural}.json`, typedList(resource, items));
    else {
      for (const namespace of namespaces) {
        const own = items.filter(o => o.metadata.namespace === namespace);
        files.set(`${namespace}/${resource.plural}.json`, typedList(resource, own));
      }
    }
  }
  for (const namespace of namespaces) {
    const none = {kind: 'ReplicationControllerList', apiVersion: 'v1', metadata: {}, items: []};
    files.set(`${namespace}/replication-controllers.json`, `${JSON.stringify(none, null, 4)}\n`);
  }
  return sorted(files);
}

/** A must-gather: lists of what stands in namespaces, single files of what does not. */
export function mustGatherDump(objects: readonly Raw[]): Dump {
  const files = new Map<string, string>();
  for (const resource of RESOURCES) {
    const group = resource.group || 'core';
    for (const object of resource.namespaced ? [] : itemsOf(objects, resource)) {
      files.set(
        `cluster-scoped-resources/${group}/${resource.plural}/${object.metadata.name}.yaml`,
        yaml(object),
      );
    }
    for (const namespace of resource.namespaced ? namesOf(objects) : []) {
      const items = itemsOf(objects, resource).filter(o => o.metadata.namespace === namespace);
      const list = {apiVersion: apiVersion(resource), kind: `${resource.kind}List`, items};
      files.set(`namespaces/${namespace}/${group}/${resource.plural}.yaml`, yaml(list));
    }
  }
  for (const object of objects) {
    if (object.kind !== 'Namespace') continue;
    files.set(`namespaces/${object.metadata.name}/${object.metadata.name}.yaml`, yaml(object));
  }
  const whole = under('must-gather.local.1/quay-io-example-sha256-0/', files);
  whole.set('must-gather.local.1/timestamp', `${goTime(NOW)}\n${goTime(NOW)}\n`);
  return sorted(whole);
}

const VERSION_YAML =
  'apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nspec:\n  versionNumber: v0.133.0\n';

function clusterResources(
  objects: readonly Raw[],
  resources: readonly Resource[],
  empty = true,
): Map<string, string> {
  const files = new Map<string, string>([
    [
      'cluster-info/cluster_version.json',
      pretty({
        info: {major: '1', minor: '35', gitVersion: 'v1.35.4', platform: 'linux/amd64'},
        string: 'v1.35.4',
      }),
    ],
  ]);
  for (const resource of resources) {
    const items = itemsOf(objects, resource);
    if (resource.custom && items.length === 0) continue;
    if (!resource.namespaced) files.set(bundlePath(resource, undefined), list(resource, items));
    else {
      for (const namespace of namesOf(objects)) {
        const own = items.filter(o => o.metadata.namespace === namespace);
        if (empty || own.length > 0) files.set(bundlePath(resource, namespace), list(resource, own));
      }
    }
  }
  return files;
}

function itemsOf(objects: readonly Raw[], resource: Resource): Raw[] {
  return objects.filter(o => resourceOf(o.apiVersion, o.kind) === resource);
}

function namesOf(objects: readonly Raw[]): string[] {
  const names = objects.flatMap(o =>
    o.kind === 'Namespace' ? [o.metadata.name] : (o.metadata.namespace ?? []),
  );
  return [...new Set(names)].sort();
}

/** As troubleshoot writes lists: every item carries its kind. */
function list(resource: Resource, items: readonly Raw[]): string {
  return pretty({kind: `${resource.kind}List`, apiVersion: apiVersion(resource), metadata: {}, items});
}

/** As kubectl prints a list of a typed client: items do not say what they are. */
function typedList(resource: Resource, items: readonly Raw[]): string {
  const bare = items.map(({apiVersion: _version, kind: _kind, ...rest}) => rest);
  const value = {kind: `${resource.kind}List`, apiVersion: apiVersion(resource), metadata: {}, items: bare};
  return `${JSON.stringify(value, null, 4)}\n`;
}

function apiVersion(resource: Resource): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}

/** As Go's YAML printer indents lists, and as `oc` starts a file. */
function yaml(value: unknown): string {
  return `---\n${stringify(value, {indentSeq: false, aliasDuplicateObjects: false})}`;
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** As Go prints a time. */
function goTime(time: string): string {
  return `${time.replace('T', ' ').replace('Z', '')}.123456789 +0000 UTC m=+0.012`;
}

function under(folder: string, files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].map(([path, content]) => [folder + path, content]));
}

function sorted(files: ReadonlyMap<string, string>): Dump {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
