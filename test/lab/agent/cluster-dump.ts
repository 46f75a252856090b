import type {TestLab} from '../lab.ts';

/** Objects by `group/plural/namespace/name`, without what changes by itself. */
export type Dump = Map<string, string>;

interface Resource {
  resource: string;
  verbs: string[];
}

interface Group {
  metadata: {name?: string};
  versions: {version: string; resources: Resource[]}[];
}

interface Item {
  metadata: {name: string; namespace?: string; [field: string]: unknown};
  [field: string]: unknown;
}

/** Kinds that report what happens, and those by which the lab itself tells kwok where agents are. */
const PASSING = /^(?:events|leases|clusterexecs|clusterportforwards|componentstatuses|endpointslices)$/;

/** Everything that the API server holds. */
export async function dump(lab: TestLab): Promise<Dump> {
  const found: Dump = new Map();
  for (const root of ['/api', '/apis']) {
    for (const {metadata, versions} of await groups(lab, root)) {
      const [newest] = versions;
      if (!newest) continue;
      const base = metadata.name ? `/apis/${metadata.name}/${newest.version}` : `/api/${newest.version}`;
      for (const {resource, verbs} of newest.resources) {
        if (!verbs.includes('list') || PASSING.test(resource)) continue;
        // A list of whatever kind.
        const {items} = (await lab.api.send('GET', `${base}/${resource}`)) as {items: Item[]};
        for (const item of items) note(found, `${metadata.name ?? ''}/${resource}`, item);
      }
    }
  }
  return found;
}

function note(found: Dump, kind: string, {metadata, ...fields}: Item): void {
  const {name, namespace = '', labels, annotations, ownerReferences, finalizers, uid} = metadata;
  const rest = Object.entries(fields).filter(([field]) => field !== 'status');
  found.set(
    `${kind}/${namespace}/${name}`,
    JSON.stringify({uid, labels, annotations, ownerReferences, finalizers, rest}),
  );
}

async function groups(lab: TestLab, root: string): Promise<Group[]> {
  const path = await lab.kubectl(['get', '--raw', root]);
  const listed = JSON.parse(path) as {
    versions?: string[];
    groups?: {name: string; preferredVersion: {version: string}}[];
  };
  const versions = listed.groups
    ? listed.groups.map(g => ({name: g.name, version: g.preferredVersion.version}))
    : (listed.versions ?? []).map(version => ({name: '', version}));
  return Promise.all(
    versions.map(async ({name, version}) => {
      const base = name ? `/apis/${name}/${version}` : `/api/${version}`;
      // An APIResourceList; subresources have a slash in their names.
      const {resources} = (await lab.api.send('GET', base)) as {
        resources: {name: string; verbs: string[]}[];
      };
      return {
        metadata: {name},
        versions: [
          {
            version,
            resources: resources
              .filter(r => !r.name.includes('/'))
              .map(r => ({resource: r.name, verbs: r.verbs})),
          },
        ],
      };
    }),
  );
}

/** What differs, in words. */
export function difference(before: Dump, after: Dump): string[] {
  return [
    ...[...before.keys()].filter(key => !after.has(key)).map(key => `${key} is gone`),
    ...[...after.keys()].filter(key => !before.has(key)).map(key => `${key} is new`),
    ...[...after]
      .filter(([key, value]) => (before.get(key) ?? value) !== value)
      .map(([key]) => `${key} changed`),
  ];
}
