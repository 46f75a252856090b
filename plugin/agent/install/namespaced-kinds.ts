import {fields, list, text} from '../../../src/kube/shape.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {parseAnswer} from '../../kube/list.ts';

/** A kind of object that lives in namespaces and can be listed. */
export interface ListedKind {
  /** `/api/v1`, `/apis/apps/v1`. */
  base: string;
  plural: string;
}

/** Since 1.26 (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery). */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

interface Served {
  resource: string;
  scope: string;
  verbs: string[];
}

interface Group {
  metadata: {name: string};
  versions: {version: string; resources: Served[]}[];
}

const servedShape = fields<Served>(
  {resource: text, scope: text, verbs: list(text)},
  {resource: '', scope: '', verbs: []},
);
const groupsShape = fields<{items: Group[]}>(
  {
    items: list(
      fields<Group>(
        {
          metadata: fields<{name: string}>({name: text}, {name: ''}),
          versions: list(
            fields<Group['versions'][number]>(
              {version: text, resources: list(servedShape)},
              {version: '', resources: []},
            ),
          ),
        },
        {metadata: {name: ''}, versions: []},
      ),
    ),
  },
  {items: []},
);

/** Kinds that every server has, for those that do not say what they have. */
const USUAL: readonly ListedKind[] = [
  ...['configmaps', 'persistentvolumeclaims', 'pods', 'secrets', 'serviceaccounts', 'services'].map(
    plural => ({
      base: '/api/v1',
      plural,
    }),
  ),
  ...['daemonsets', 'deployments', 'statefulsets'].map(plural => ({base: '/apis/apps/v1', plural})),
  ...['cronjobs', 'jobs'].map(plural => ({base: '/apis/batch/v1', plural})),
];

/** Asks what the server has; each kind once, in the version that the server puts first. */
export async function namespacedKinds(reader: ApiReader, signal: AbortSignal): Promise<ListedKind[]> {
  const kinds = new Map<string, ListedKind>();
  for (const root of ['/api', '/apis']) {
    for (const group of await groupsOf(reader, root, signal)) {
      for (const {version, resources} of group.versions) {
        const base =
          group.metadata.name === '' ? `/api/${version}` : `/apis/${group.metadata.name}/${version}`;
        for (const {resource, scope, verbs} of resources) {
          const id = `${resource}.${group.metadata.name}`;
          if (
            scope === 'Namespaced' &&
            verbs.includes('list') &&
            verbs.includes('delete') &&
            !kinds.has(id)
          ) {
            kinds.set(id, {base, plural: resource});
          }
        }
      }
    }
  }
  return kinds.size === 0 ? [...USUAL] : [...kinds.values()];
}

async function groupsOf(reader: ApiReader, root: string, signal: AbortSignal): Promise<Group[]> {
  try {
    const {text: body} = await reader.get(root, {signal, accept: AGGREGATED});
    return groupsShape(parseAnswer(body, root), '', undefined)?.items ?? [];
  } catch (error) {
    if (error instanceof ApiStatusError) return [];
    throw error;
  }
}
