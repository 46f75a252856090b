import type {Api, LabObject} from '../parts/api.ts';

/** Kinds by which kwok can be told at any time where a pod's ports and commands go, and from which file its logs come. */
export const KWOK_KINDS = ['ClusterPortForward', 'ClusterExec', 'ClusterLogs'] as const;

/** Defines them; the whole schemas are in kwok's own repository, and the server need not check what only the lab writes. */
export async function defineKwokKinds(api: Api): Promise<void> {
  for (const kind of KWOK_KINDS) await api.create(definition(kind));
}

function definition(kind: string): LabObject {
  const plural = kind.toLowerCase().replace(/s?$/, 's');
  const open = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: `${plural}.kwok.x-k8s.io`},
    spec: {
      group: 'kwok.x-k8s.io',
      scope: 'Cluster',
      names: {kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`},
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: {openAPIV3Schema: {type: 'object', properties: {spec: open, status: open}}},
          subresources: {status: {}},
        },
      ],
    },
  };
}
