import type {Reader} from './shape.ts';
import type {ResourceKey, ResourceMap} from './resources.ts';
import {certificateSigningRequest, role, roleBinding, serviceAccount} from './shapes/access.ts';
import {configMap, lease, limitRange, namespace, node, runtimeClass} from './shapes/cluster.ts';
import {controller, cronJob} from './shapes/controllers.ts';
import {event} from './shapes/event.ts';
import {customObject, customResourceDefinition, gmsaCredentialSpec, webhooks} from './shapes/extensions.ts';
import {endpointSlice, networkPolicy, peerAuthentication, service} from './shapes/network.ts';
import {pod} from './shapes/pod.ts';
import {claim, csiDriver, csiNode, persistentVolume, storageClass} from './shapes/storage.ts';

/** Readers for every kind of object that is read. */
export const SHAPES: {readonly [K in ResourceKey]: Reader<ResourceMap[K][number]>} = {
  nodes: node,
  pods: pod,
  namespaces: namespace,
  services: service,
  endpointSlices: endpointSlice,
  networkPolicies: networkPolicy,
  events: event,
  deployments: controller('Deployment'),
  replicaSets: controller('ReplicaSet'),
  daemonSets: controller('DaemonSet'),
  statefulSets: controller('StatefulSet'),
  jobs: controller('Job'),
  cronJobs: cronJob,
  configMaps: configMap,
  serviceAccounts: serviceAccount,
  leases: lease,
  runtimeClasses: runtimeClass,
  persistentVolumes: persistentVolume,
  persistentVolumeClaims: claim,
  storageClasses: storageClass,
  csiNodes: csiNode,
  csiDrivers: csiDriver,
  limitRanges: limitRange,
  roles: role('Role'),
  clusterRoles: role('ClusterRole'),
  roleBindings: roleBinding('RoleBinding'),
  clusterRoleBindings: roleBinding('ClusterRoleBinding'),
  customResourceDefinitions: customResourceDefinition,
  mutatingWebhooks: webhooks('MutatingWebhookConfiguration'),
  validatingWebhooks: webhooks('ValidatingWebhookConfiguration'),
  certificateSigningRequests: certificateSigningRequest,
  gmsaCredentialSpecs: gmsaCredentialSpec,
  peerAuthentications: peerAuthentication,
  calicoIpamConfigs: customObject('IPAMConfig'),
  calicoIpPools: customObject('IPPool'),
};
