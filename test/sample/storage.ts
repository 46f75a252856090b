import type {TestCluster} from '../helpers/cluster.ts';
import type {Raw} from '../helpers/raw.ts';
import {ago, event} from '../helpers/raw.ts';
import {WINDOWS_NODES, windows} from './cluster.ts';
import {HOUR, born, waiting} from './states.ts';

/** The SMB driver's node part was installed on the Linux nodes only. */
export function missingCsiDriver(cluster: TestCluster): void {
  const message =
    'MountVolume.MountDevice failed for volume "pv-archive" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name smb.csi.k8s.io not found in the list of registered CSI drivers';
  const objects = born(HOUR, windows('reports', 'archive', ['win-4']));
  for (const object of objects) {
    const spec = object.kind === 'Pod' ? object['spec'] : object['spec'].template.spec;
    spec.volumes = [{name: 'archive', persistentVolumeClaim: {claimName: 'archive'}}];
    spec.containers[0].volumeMounts = [{name: 'archive', mountPath: 'C:\\archive'}];
  }
  cluster.add(...objects, ...smbVolume(), ...csiNodes());
  cluster.change('Pod', 'reports/archive-0', pod => waiting(pod, 'ContainerCreating'));
  cluster.add(
    event(cluster.get('Pod', 'reports/archive-0'), 'FailedMount', message, {
      host: 'win-4',
      count: 44,
      first: ago(HOUR),
    }),
  );
}

function smbVolume(): Raw[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {name: 'pv-archive'},
      spec: {
        csi: {
          driver: 'smb.csi.k8s.io',
          volumeHandle: 'archive',
          volumeAttributes: {source: '//files.example.com/archive'},
        },
        storageClassName: 'smb',
        capacity: {storage: '100Gi'},
        claimRef: {namespace: 'reports', name: 'archive'},
      },
      status: {phase: 'Bound'},
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {namespace: 'reports', name: 'archive'},
      spec: {
        storageClassName: 'smb',
        volumeName: 'pv-archive',
        volumeMode: 'Filesystem',
        accessModes: ['ReadWriteMany'],
      },
      status: {phase: 'Bound'},
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {name: 'smb'},
      provisioner: 'smb.csi.k8s.io',
      parameters: {source: '//files.example.com/archive'},
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: {name: 'smb.csi.k8s.io'},
      spec: {attachRequired: false},
    },
  ];
}

function csiNodes(): Raw[] {
  const drivers = [{name: 'smb.csi.k8s.io', nodeID: 'linux'}];
  return ['linux-1', 'linux-2', ...WINDOWS_NODES].map(name => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: name.startsWith('linux') ? drivers : []},
  }));
}
