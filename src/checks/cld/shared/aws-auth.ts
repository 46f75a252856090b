import {parse} from 'yaml';
import {isRecord} from '../../../kube/shape.ts';

/**
 * The groups of each node role in `mapRoles` of the ConfigMap `aws-auth`, which is YAML inside a text
 * (https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html). None where it cannot be read.
 */
export function nodeRoles(mapRoles: string): string[][] {
  let roles: unknown;
  try {
    roles = parse(mapRoles, {maxAliasCount: 0, logLevel: 'silent'});
  } catch {
    return [];
  }
  if (!Array.isArray(roles)) return [];
  return (roles as unknown[]).map(role => {
    const groups = isRecord(role) ? role['groups'] : undefined;
    return Array.isArray(groups) ? groups.filter(g => typeof g === 'string') : [];
  });
}
