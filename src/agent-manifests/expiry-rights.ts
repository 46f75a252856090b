import {AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels} from './labels.ts';
import {EXPIRY} from './role-names.ts';
import type {ManifestObject} from './settings.ts';

const RBAC = 'rbac.authorization.k8s.io';
/** Account of the pod that ends an installation. Its token is mounted by name, not for every pod that asks. */
export function expiryAccount(): ManifestObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {name: EXPIRY, namespace: AGENT_NAMESPACE, labels: commonLabels()},
    automountServiceAccountToken: false,
  };
}

/** The one right of the pod that ends it all, and who has it. */
export function expiryRights(): ManifestObject[] {
  const metadata = {name: EXPIRY, labels: commonLabels()};
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata,
      rules: [
        {apiGroups: [''], resources: ['namespaces'], resourceNames: [AGENT_NAMESPACE], verbs: ['delete']},
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: {apiGroup: RBAC, kind: 'ClusterRole', name: EXPIRY},
      subjects: [{kind: 'ServiceAccount', name: EXPIRY, namespace: AGENT_NAMESPACE}],
    },
  ];
}
