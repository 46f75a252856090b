import type * as kube from './types.ts';

/** Evidence that is a list of API objects, by its key. */
export interface ResourceMap {
  nodes: kube.Node[];
  pods: kube.Pod[];
  namespaces: kube.Namespace[];
  services: kube.Service[];
  endpointSlices: kube.EndpointSlice[];
  networkPolicies: kube.NetworkPolicy[];
  events: kube.Event[];
  deployments: kube.Controller[];
  replicaSets: kube.Controller[];
  daemonSets: kube.Controller[];
  statefulSets: kube.Controller[];
  jobs: kube.Controller[];
  cronJobs: kube.CronJob[];
  configMaps: kube.ConfigMap[];
  serviceAccounts: kube.ServiceAccount[];
  leases: kube.Lease[];
  runtimeClasses: kube.RuntimeClass[];
  persistentVolumes: kube.PersistentVolume[];
  persistentVolumeClaims: kube.PersistentVolumeClaim[];
  storageClasses: kube.StorageClass[];
  csiNodes: kube.CsiNode[];
  csiDrivers: kube.CsiDriver[];
  limitRanges: kube.LimitRange[];
  roles: kube.Role[];
  roleBindings: kube.RoleBinding[];
  clusterRoles: kube.Role[];
  clusterRoleBindings: kube.RoleBinding[];
  customResourceDefinitions: kube.CustomResourceDefinition[];
  mutatingWebhooks: kube.WebhookConfiguration[];
  validatingWebhooks: kube.WebhookConfiguration[];
  certificateSigningRequests: kube.CertificateSigningRequest[];
  gmsaCredentialSpecs: kube.GmsaCredentialSpec[];
  peerAuthentications: kube.PeerAuthentication[];
  calicoIpamConfigs: kube.CustomObject[];
  calicoIpPools: kube.CustomObject[];
}

export type ResourceKey = keyof ResourceMap;

/** How one kind of object is asked for, and where a support bundle keeps it (CONTRACT §4, `cluster-resources/`). */
export interface Resource {
  readonly key: ResourceKey;
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** File (cluster-scoped) or folder (one file a namespace) below `cluster-resources/`, without `.json`. */
  readonly path: string;
  /** Served only where its CustomResourceDefinition is installed: a 404 then means that there are none. */
  readonly custom?: true;
  /** Read only where this namespace holds them. */
  readonly onlyIn?: string;
  /** Read one by one under these names, never listed (CONTRACT §4.1). */
  readonly names?: readonly string[];
}

/** ConfigMaps that are read, by name; no other is ever asked for (CONTRACT §4.1). */
export const CONFIG_MAP_NAMES = [
  'kube-proxy',
  'kube-proxy-windows',
  'coredns',
  'kubelet-config',
  'aws-auth',
  'amazon-vpc-cni',
  'calico-config',
  'calico-windows-config',
  'kubernetes-services-endpoint',
  'kube-flannel-cfg',
  'antrea-config',
] as const;

const core = (key: ResourceKey, plural: string, kind: string, path: string, namespaced = true): Resource => ({
  key,
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
  path,
});

const grouped = (
  key: ResourceKey,
  groupVersion: string,
  plural: string,
  kind: string,
  path: string,
  namespaced = true,
): Resource => {
  const [group = '', version = ''] = groupVersion.split('/');
  return {key, group, version, plural, kind, namespaced, path};
};

const custom = (
  key: ResourceKey,
  groupVersion: string,
  plural: string,
  kind: string,
  namespaced = false,
): Resource => ({
  ...grouped(key, groupVersion, plural, kind, '', namespaced),
  path: `custom-resources/${plural}.${groupVersion.split('/')[0] ?? ''}`,
  custom: true,
});

/** Every kind of object that is read, in the order in which it is asked for: what settles most comes first. */
export const RESOURCES: readonly Resource[] = [
  core('nodes', 'nodes', 'Node', 'nodes', false),
  core('pods', 'pods', 'Pod', 'pods'),
  core('namespaces', 'namespaces', 'Namespace', 'namespaces', false),
  core('events', 'events', 'Event', 'events'),
  core('services', 'services', 'Service', 'services'),
  grouped('endpointSlices', 'discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice', 'endpointslices'),
  grouped('networkPolicies', 'networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', 'network-policy'),
  grouped('deployments', 'apps/v1', 'deployments', 'Deployment', 'deployments'),
  grouped('replicaSets', 'apps/v1', 'replicasets', 'ReplicaSet', 'replicasets'),
  grouped('daemonSets', 'apps/v1', 'daemonsets', 'DaemonSet', 'daemonsets'),
  grouped('statefulSets', 'apps/v1', 'statefulsets', 'StatefulSet', 'statefulsets'),
  grouped('jobs', 'batch/v1', 'jobs', 'Job', 'jobs'),
  grouped('cronJobs', 'batch/v1', 'cronjobs', 'CronJob', 'cronjobs'),
  {...core('configMaps', 'configmaps', 'ConfigMap', 'configmaps'), names: CONFIG_MAP_NAMES},
  core('serviceAccounts', 'serviceaccounts', 'ServiceAccount', 'serviceaccounts'),
  {...grouped('leases', 'coordination.k8s.io/v1', 'leases', 'Lease', 'leases'), onlyIn: 'kube-node-lease'},
  grouped('runtimeClasses', 'node.k8s.io/v1', 'runtimeclasses', 'RuntimeClass', 'runtimeclasses', false),
  core('persistentVolumes', 'persistentvolumes', 'PersistentVolume', 'pvs', false),
  core('persistentVolumeClaims', 'persistentvolumeclaims', 'PersistentVolumeClaim', 'pvcs'),
  grouped('storageClasses', 'storage.k8s.io/v1', 'storageclasses', 'StorageClass', 'storage-classes', false),
  grouped('csiNodes', 'storage.k8s.io/v1', 'csinodes', 'CSINode', 'csinodes', false),
  grouped('csiDrivers', 'storage.k8s.io/v1', 'csidrivers', 'CSIDriver', 'csidrivers', false),
  core('limitRanges', 'limitranges', 'LimitRange', 'limitranges'),
  grouped('roles', 'rbac.authorization.k8s.io/v1', 'roles', 'Role', 'roles'),
  grouped('roleBindings', 'rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding', 'rolebindings'),
  grouped(
    'clusterRoles',
    'rbac.authorization.k8s.io/v1',
    'clusterroles',
    'ClusterRole',
    'clusterroles',
    false,
  ),
  grouped(
    'clusterRoleBindings',
    'rbac.authorization.k8s.io/v1',
    'clusterrolebindings',
    'ClusterRoleBinding',
    'clusterrolebindings',
    false,
  ),
  grouped(
    'customResourceDefinitions',
    'apiextensions.k8s.io/v1',
    'customresourcedefinitions',
    'CustomResourceDefinition',
    'custom-resource-definitions',
    false,
  ),
  grouped(
    'mutatingWebhooks',
    'admissionregistration.k8s.io/v1',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
    'mutating-webhook-configurations',
    false,
  ),
  grouped(
    'validatingWebhooks',
    'admissionregistration.k8s.io/v1',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
    'validating-webhook-configurations',
    false,
  ),
  grouped(
    'certificateSigningRequests',
    'certificates.k8s.io/v1',
    'certificatesigningrequests',
    'CertificateSigningRequest',
    'certificatesigningrequests',
    false,
  ),
  custom('gmsaCredentialSpecs', 'windows.k8s.io/v1', 'gmsacredentialspecs', 'GMSACredentialSpec'),
  custom('peerAuthentications', 'security.istio.io/v1', 'peerauthentications', 'PeerAuthentication', true),
  custom('calicoIpamConfigs', 'crd.projectcalico.org/v1', 'ipamconfigs', 'IPAMConfig'),
  custom('calicoIpPools', 'crd.projectcalico.org/v1', 'ippools', 'IPPool'),
];

/** The resource of an evidence key. */
export const RESOURCE_BY_KEY: ReadonlyMap<ResourceKey, Resource> = new Map(RESOURCES.map(r => [r.key, r]));

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(resource: Resource): string {
  return resource.group ? `${resource.group}/${resource.version}` : resource.version;
}

/** The resource of an object by its group and kind, whatever version it was written in. */
export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return RESOURCES.find(r => r.kind === kind && r.group === group);
}

/** The file below `cluster-resources/` in which a bundle keeps an object. */
export function bundlePath(resource: Resource, namespace: string | undefined): string {
  return resource.namespaced
    ? `cluster-resources/${resource.path}/${namespace ?? 'default'}.json`
    : `cluster-resources/${resource.path}.json`;
}
