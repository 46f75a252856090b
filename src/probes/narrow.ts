import {isClusterDns} from '../kube/cluster-dns.ts';
import {matchesLabels, parseLabelSelector} from '../kube/label-selector.ts';
import type {Service} from '../kube/types.ts';
import type {Scope} from '../snapshot/scope.ts';
import type {Cluster} from './places.ts';

/**
 * Leaves of a cluster the pods and Services that a scope chooses; cluster DNS and the API server belong to every namespace. Nodes
 * all stay: links go between what is chosen and everything else.
 */
export function narrowCluster(cluster: Cluster, {namespace, selector}: Scope): Cluster {
  if (namespace === undefined && selector === undefined) return cluster;
  const parsed = selector === undefined ? [] : parseLabelSelector(selector);
  // What is no selector was refused before anything was read.
  const requirements = typeof parsed === 'string' ? [] : parsed;
  const isOurs = (of: string | undefined): boolean => namespace === undefined || of === namespace;
  return {
    ...cluster,
    pods: cluster.pods.filter(
      ({metadata}) => isOurs(metadata.namespace) && matchesLabels(requirements, metadata.labels),
    ),
    services: cluster.services.filter(s => isOurs(s.metadata.namespace) || isEverybodys(s)),
  };
}

function isEverybodys(service: Service): boolean {
  const {namespace, name} = service.metadata;
  return isClusterDns(service) || (namespace === 'default' && name === 'kubernetes');
}
