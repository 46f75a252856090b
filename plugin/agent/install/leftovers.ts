import {OWNED_LABEL, OWNED_VALUE} from '../../../src/agent-manifests/labels.ts';
import {fields, list, mapOf, text} from '../../../src/kube/shape.ts';
import {AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {parseAnswer} from '../../kube/list.ts';
import type {ListedKind} from './namespaced-kinds.ts';
import {namespacedKinds} from './namespaced-kinds.ts';

/** What else is in the agent's namespace. */
export interface Leftovers {
  /** Objects of others: `secret/registry`. */
  foreign: string[];
  /** Kinds that this user may not list, so that nobody can say. */
  unseen: string[];
}

interface Item {
  metadata: {name: string; labels?: Record<string, string>; ownerReferences?: {kind: string}[]};
}

const itemShape = fields<Item>(
  {
    metadata: fields<Item['metadata']>(
      {
        name: text,
        labels: mapOf(text),
        ownerReferences: list(fields<{kind: string}>({kind: text}, {kind: ''})),
      },
      {name: ''},
    ),
  },
  {metadata: {name: ''}},
);
const pageShape = fields<{items: Item[]}>({items: list(itemShape)}, {items: []});

/** Only names and labels: what a foreign Secret holds is nobody's business here. */
const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Kinds that come and go with others, or that the cluster itself keeps. */
const OF_OTHERS = new Set(['events', 'endpoints', 'endpointslices', 'leases', 'controllerrevisions']);

/** What every namespace is given by controllers: of Kubernetes, and of OpenShift. */
const GIVEN = new Map<string, RegExp>([
  ['configmaps', /^(?:kube-root-ca\.crt|openshift-service-ca\.crt)$/],
  ['serviceaccounts', /^(?:default|builder|deployer)$/],
  ['secrets', /^(?:default|builder|deployer)-(?:token|dockercfg)-/],
  ['rolebindings', /^system:(?:deployers|image-builders|image-pullers)$/],
]);

/** Looks at every kind of object that the namespace can hold. */
export async function leftovers(reader: ApiReader, signal: AbortSignal): Promise<Leftovers> {
  const found: Leftovers = {foreign: [], unseen: []};
  const kinds = await namespacedKinds(reader, signal);
  await Promise.all(
    kinds
      .filter(kind => !OF_OTHERS.has(kind.plural))
      .map(async kind => {
        const items = await itemsOf(kind, reader, signal);
        if (items === undefined) found.unseen.push(kind.plural);
        else
          found.foreign.push(
            ...items.filter(item => isForeign(kind, item)).map(i => `${kind.plural}/${i.metadata.name}`),
          );
      }),
  );
  return {foreign: found.foreign.toSorted(), unseen: found.unseen.toSorted()};
}

function isForeign({plural}: ListedKind, {metadata}: Item): boolean {
  if (metadata.labels?.[OWNED_LABEL] === OWNED_VALUE) return false;
  // What belongs to something goes with it, and that is looked at by itself.
  if ((metadata.ownerReferences ?? []).length > 0) return false;
  return !GIVEN.get(plural)?.test(metadata.name);
}

async function itemsOf(
  {base, plural}: ListedKind,
  reader: ApiReader,
  signal: AbortSignal,
): Promise<Item[] | undefined> {
  const path = `${base}/namespaces/${AGENT_NAMESPACE}/${plural}`;
  try {
    const {text: body} = await reader.get(path, {signal, accept: METADATA});
    return pageShape(parseAnswer(body, path), '', undefined)?.items ?? [];
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    // Gone since it was discovered, or a kind that is not stored at all.
    if (error.status === 404 || error.status === 405) return [];
    return undefined;
  }
}
