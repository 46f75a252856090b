import {fields, list, text} from '../../src/kube/shape.ts';
import type {Resource} from '../../src/kube/resources.ts';
import type {ApiReader} from './api-reader.ts';
import {ApiStatusError} from './api-error.ts';
import {parseAnswer} from './list.ts';

/** One call since 1.26 (https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery); older servers answer with group names only. */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

interface GroupVersion {
  version: string;
  resources: {resource: string; responseKind?: {kind?: string}}[];
}

interface DiscoveredGroup {
  metadata?: {name?: string};
  /** Only in the older form. */
  name?: string;
  versions: GroupVersion[];
}

const groupsShape = fields<{kind?: string; items: DiscoveredGroup[]; groups: DiscoveredGroup[]}>(
  (() => {
    const version = fields<GroupVersion>(
      {
        version: text,
        resources: list(
          fields<GroupVersion['resources'][number]>(
            {resource: text, responseKind: fields<{kind?: string}>({kind: text})},
            {resource: ''},
          ),
        ),
      },
      {version: '', resources: []},
    );
    const group = fields<DiscoveredGroup>(
      {metadata: fields<{name?: string}>({name: text}), name: text, versions: list(version)},
      {versions: []},
    );
    return {kind: text, items: list(group), groups: list(group)};
  })(),
  {items: [], groups: []},
);

/** A resource of a group, as the server lists it. */
export interface ServedResource {
  group: string;
  plural: string;
  kind: string;
  versions: string[];
}

/** Which API groups and resources the server has. */
export class Discovery {
  readonly #groups: ReadonlySet<string>;
  /** By `plural.group`; undefined where the server names groups only. */
  readonly #resources: ReadonlyMap<string, ServedResource> | undefined;

  constructor(groups: ReadonlySet<string>, resources: ReadonlyMap<string, ServedResource> | undefined) {
    this.#groups = groups;
    this.#resources = resources;
  }

  get groups(): ReadonlySet<string> {
    return this.#groups;
  }

  /** Whether the resource may be there: asking for one that is not would be a request for nothing. */
  maybeServes({group, plural, version}: Resource): boolean {
    if (!this.#resources) return this.#groups.has(group);
    return this.#resources.get(`${plural}.${group}`)?.versions.includes(version) ?? false;
  }

  /** A resource by the name of its CustomResourceDefinition; `known` is false where the server told groups only. */
  find(crd: string): ServedResource | undefined {
    return this.#resources?.get(crd);
  }

  get knowsResources(): boolean {
    return this.#resources !== undefined;
  }
}

/** Asks the server once what it serves; `undefined` where it does not say, which then has to be tried out. */
export async function discover(reader: ApiReader, signal: AbortSignal): Promise<Discovery | undefined> {
  try {
    const {text} = await reader.get('/apis', {signal, accept: AGGREGATED});
    const read = groupsShape(parseAnswer(text, '/apis'), '', undefined);
    return read && discovered(read);
  } catch (error) {
    // Discovery only saves requests.
    if (error instanceof ApiStatusError) return undefined;
    throw error;
  }
}

function discovered(read: {kind?: string; items: DiscoveredGroup[]; groups: DiscoveredGroup[]}): Discovery {
  if (read.kind !== 'APIGroupDiscoveryList') {
    return new Discovery(new Set(read.groups.map(g => g.name ?? '')), undefined);
  }
  const groups = new Set<string>();
  const resources = new Map<string, ServedResource>();
  for (const {metadata, versions} of read.items) {
    const group = metadata?.name ?? '';
    groups.add(group);
    for (const version of versions) addVersion(resources, group, version);
  }
  return new Discovery(groups, resources);
}

function addVersion(
  resources: Map<string, ServedResource>,
  group: string,
  {version, resources: served}: GroupVersion,
): void {
  for (const {resource, responseKind} of served) {
    const name = `${resource}.${group}`;
    const known = resources.get(name);
    if (known) known.versions.push(version);
    else resources.set(name, {group, plural: resource, kind: responseKind?.kind ?? '', versions: [version]});
  }
}
