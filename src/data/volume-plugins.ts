/** What becomes of a volume plug-in of Kubernetes itself on a Windows node. */
export interface VolumePlugin {
  /** The field of a volume or PersistentVolume that selects it. */
  field: string;
  /** The CSI driver that kubelet hands it over to; the node needs that driver. */
  driver?: string;
  /** Why it cannot work on Windows. */
  unsupported?: string;
}

/**
 * Plug-ins by their field. Those that work on Windows by themselves (`emptyDir`, `hostPath`, `configMap`, `secret`,
 * `projected`, `local`, `flexVolume`, …) are not listed. Sources, at v1.35: `csi-translation-lib/plugins` for what is
 * handed over, `mount-utils/mount_windows.go` (mounts CIFS and nothing else) and `pkg/volume` for what is not supported.
 */
const VOLUME_PLUGINS: readonly VolumePlugin[] = [
  {field: 'awsElasticBlockStore', driver: 'ebs.csi.aws.com'},
  {field: 'azureDisk', driver: 'disk.csi.azure.com'},
  {field: 'azureFile', driver: 'file.csi.azure.com'},
  {field: 'gcePersistentDisk', driver: 'pd.csi.storage.gke.io'},
  {field: 'vsphereVolume', driver: 'csi.vsphere.vmware.com'},
  {field: 'cinder', driver: 'cinder.csi.openstack.org'},
  {field: 'nfs', unsupported: 'the kubelet on Windows mounts SMB shares only'},
  {field: 'iscsi', unsupported: 'it calls `iscsiadm`, a Linux tool'},
  {field: 'fc', unsupported: 'it scans `/sys`, which Windows has not'},
  {field: 'cephfs', unsupported: 'it mounts a Linux file system'},
  {field: 'rbd', unsupported: 'it calls the `rbd` tool of Linux'},
  {field: 'glusterfs', unsupported: 'it mounts a Linux file system'},
  {field: 'quobyte', unsupported: 'it mounts a Linux file system'},
  {field: 'portworxVolume', unsupported: 'its driver runs on Linux nodes only'},
  {field: 'storageos', unsupported: 'its driver runs on Linux nodes only'},
  {field: 'scaleIO', unsupported: 'its client runs on Linux nodes only'},
];

const BY_FIELD: ReadonlyMap<string, VolumePlugin> = new Map(VOLUME_PLUGINS.map(p => [p.field, p]));

/** The first plug-in that a volume or PersistentVolume selects, of those that are listed. */
export function volumePluginOf(volume: object): VolumePlugin | undefined {
  for (const field of Object.keys(volume)) {
    const plugin = BY_FIELD.get(field);
    if (plugin) return plugin;
  }
  return undefined;
}

/** Names of provisioners from before CSI, and the drivers that took over. */
const PROVISIONERS: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'],
  ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ['kubernetes.io/azure-file', 'file.csi.azure.com'],
  ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  ['kubernetes.io/vsphere-volume', 'csi.vsphere.vmware.com'],
  ['kubernetes.io/cinder', 'cinder.csi.openstack.org'],
]);

/** The CSI driver that stands behind a provisioner's name. Not every provisioner is a driver. */
export function driverOfProvisioner(provisioner: string): string {
  return PROVISIONERS.get(provisioner) ?? provisioner;
}
