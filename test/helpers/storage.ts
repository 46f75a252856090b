import type {TestCluster} from './cluster.ts';
import {healthy} from './cluster.ts';
import type {Json, Raw} from './raw.ts';

/** The healthy cluster whose `shop/web` claims a disk `data` of class `disks`, made by a driver that every node has. */
export function diskCluster(): TestCluster {
  return healthy()
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}];
    })
    .add(
      storageClass('disks', 'disk.csi.example.test'),
      claim('data', {storageClassName: 'disks', volumeName: 'pv-1'}),
      volume('pv-1', {csi: {driver: 'disk.csi.example.test', volumeHandle: 'h'}, storageClassName: 'disks'}),
      {apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: {name: 'disk.csi.example.test'}},
      ...['linux-0', 'win-1', 'win-2'].map(name => csiNode(name, ['disk.csi.example.test'])),
    );
}

/** The same with an SMB share instead of a disk. */
export function shareCluster(source = '//files.example.test/share'): TestCluster {
  const csi = {driver: 'smb.csi.k8s.io', volumeHandle: 'h', volumeAttributes: {source}};
  return diskCluster()
    .change('PersistentVolume', 'pv-1', pv => (pv.spec = {csi, storageClassName: 'disks'}))
    .changeAll('CSINode', n => n.spec.drivers.push({name: 'smb.csi.k8s.io', nodeID: n.metadata.name}));
}

/** Gives `shop/web` one volume of its own. */
export function withVolume(fields: Json): TestCluster {
  return healthy().changeSpec('Deployment', 'shop/web', spec => (spec.volumes = [{name: 'data', ...fields}]));
}

export function storageClass(
  name: string,
  provisioner: string,
  parameters: Record<string, string> = {},
): Raw {
  return {apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: {name}, provisioner, parameters};
}

export function claim(name: string, spec: Json): Raw {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {name, namespace: 'shop'},
    spec,
    status: {},
  };
}

export function volume(name: string, spec: Json): Raw {
  return {apiVersion: 'v1', kind: 'PersistentVolume', metadata: {name}, spec, status: {phase: 'Bound'}};
}

export function csiNode(name: string, drivers: string[]): Raw {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: drivers.map(driver => ({name: driver, nodeID: name}))},
  };
}
