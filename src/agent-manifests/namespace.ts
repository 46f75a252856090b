import {AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels} from './labels.ts';
import {QUOTA} from './role-names.ts';
import type {AgentSettings, ManifestObject} from './settings.ts';
import {SETTINGS_ANNOTATION, storedSettings} from './stored-settings.ts';

/**
 * The agent's namespace. HostProcess containers and a capability are what Pod Security calls privileged
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/); the label is said for all three modes, so that
 * nobody is warned of what they asked for.
 */
export function namespace(settings: AgentSettings): ManifestObject {
  const level = Object.fromEntries(
    ['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, 'privileged']),
  );
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: AGENT_NAMESPACE,
      labels: {...commonLabels(), ...level},
      annotations: {[SETTINGS_ANNOTATION]: storedSettings(settings)},
    },
  };
}

/**
 * Lets pods of the class `system-node-critical` into the namespace: where a cluster limits that class (GKE does), pods of
 * it start only in namespaces with such a quota (https://kubernetes.io/docs/concepts/policy/resource-quotas/).
 */
export function criticalPodsQuota(): ManifestObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {name: QUOTA, namespace: AGENT_NAMESPACE, labels: commonLabels()},
    spec: {
      hard: {pods: String(MOST_NODES)},
      scopeSelector: {
        matchExpressions: [{scopeName: 'PriorityClass', operator: 'In', values: ['system-node-critical']}],
      },
    },
  };
}

/** Kubernetes is made for up to 5,000 nodes (https://kubernetes.io/docs/setup/best-practices/cluster-large/); an update doubles pods for a moment. */
const MOST_NODES = 10_000;
