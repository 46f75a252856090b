import {OWNED, OWNED_LABEL, OWNED_VALUE} from '../../../src/agent-manifests/labels.ts';
import {fields, list, text} from '../../../src/kube/shape.ts';
import {AGENT_KEY_SECRET, AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {parseAnswer} from '../../kube/list.ts';
import {ROLES} from '../../../src/agent-manifests/role-names.ts';
import {existing} from './existing.ts';
import {nameOf, pathOf} from './paths.ts';

/** An object of ours that is in the cluster. */
export interface OwnedObject {
  /** As kubectl names it. */
  name: string;
  path: string;
  uid: string;
}

interface Kind {
  apiVersion: string;
  kind: string;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** In the order in which they go: first what runs, then what it runs by. */
const IN_NAMESPACE: readonly Kind[] = [
  {apiVersion: 'batch/v1', kind: 'Job'},
  {apiVersion: 'apps/v1', kind: 'DaemonSet'},
  {apiVersion: RBAC, kind: 'RoleBinding'},
  {apiVersion: RBAC, kind: 'Role'},
  {apiVersion: 'v1', kind: 'ServiceAccount'},
  {apiVersion: 'v1', kind: 'ResourceQuota'},
];

const CLUSTER_WIDE: readonly Kind[] = [
  {apiVersion: RBAC, kind: 'ClusterRoleBinding'},
  {apiVersion: RBAC, kind: 'ClusterRole'},
  {apiVersion: 'security.openshift.io/v1', kind: 'SecurityContextConstraints'},
];

/** Applied by an administrator, and there before any agent: `uninstall` is not asked to take them away. */
const OF_ADMINISTRATORS: ReadonlySet<string> = new Set([ROLES.admin, ROLES.view]);

interface Item {
  metadata: {name: string; uid: string};
}

const pageShape = fields<{items: Item[]}>(
  {
    items: list(
      fields<Item>(
        {metadata: fields<Item['metadata']>({name: text, uid: text}, {name: '', uid: ''})},
        {metadata: {name: '', uid: ''}},
      ),
    ),
  },
  {items: []},
);

/** Everything of ours that is there, by its label, in the order in which it is to go. The namespace is looked at by itself. */
export async function ownedObjects(reader: ApiReader, signal: AbortSignal): Promise<OwnedObject[]> {
  const inside = await Promise.all(IN_NAMESPACE.map(kind => labelled(kind, AGENT_NAMESPACE, reader, signal)));
  const wide = await Promise.all(CLUSTER_WIDE.map(kind => labelled(kind, undefined, reader, signal)));
  return [...inside.flat(), ...(await keySecret(reader, signal)), ...wide.flat()];
}

/** By its name: nobody needs to be let see all Secrets. */
async function keySecret(reader: ApiReader, signal: AbortSignal): Promise<OwnedObject[]> {
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: AGENT_KEY_SECRET, namespace: AGENT_NAMESPACE, labels: {}},
  };
  const found = await existing(reader, object, signal);
  if (found?.labels[OWNED_LABEL] !== OWNED_VALUE) return [];
  return [{name: nameOf(object), path: pathOf(object), uid: found.uid}];
}

async function labelled(
  {apiVersion, kind}: Kind,
  namespace: string | undefined,
  reader: ApiReader,
  signal: AbortSignal,
): Promise<OwnedObject[]> {
  const space = namespace === undefined ? {} : {namespace};
  const path = `${pathOf({apiVersion, kind, metadata: space})}?labelSelector=${encodeURIComponent(OWNED)}`;
  try {
    const {text: body} = await reader.get(path, {signal});
    const items = pageShape(parseAnswer(body, path), '', undefined)?.items ?? [];
    return items
      .filter(item => !OF_ADMINISTRATORS.has(item.metadata.name))
      .map(({metadata: {name, uid}}) => {
        const metadata = {name, labels: {}, ...space};
        return {name: nameOf({apiVersion, kind, metadata}), path: pathOf({apiVersion, kind, metadata}), uid};
      });
  } catch (error) {
    // Not served: not OpenShift.
    if (error instanceof ApiStatusError && error.status === 404) return [];
    throw error;
  }
}
