import check from '../../../src/checks/sto/filesystem-not-ntfs.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {diskCluster, withVolume} from '../../helpers/storage.ts';

const web = (says?: RegExp) => ({
  severity: 'error' as const,
  subjects: ['Deployment/shop/web'],
  ...(says && {says}),
});
const unbound = () =>
  diskCluster().change('PersistentVolumeClaim', 'shop/data', c => delete c.spec.volumeName);

checkCases({
  check,
  finds: {
    'a volume that was made with ext4': () => [
      diskCluster().change('PersistentVolume', 'pv-1', pv => (pv.spec.csi.fsType = 'ext4')),
      web(/`ext4` by its PersistentVolume/),
    ],
    'a class that will make xfs': () => [
      unbound()
        .removeAll('PersistentVolume')
        .change('StorageClass', 'disks', c => (c.parameters = {'csi.storage.k8s.io/fstype': 'xfs'})),
      web(/`xfs` by its StorageClass/),
    ],
    'the older name of the parameter': () => [
      unbound()
        .removeAll('PersistentVolume')
        .change('StorageClass', 'disks', c => (c.parameters = {fsType: 'EXT4'})),
      web(),
    ],
    'an inline volume': () => [
      withVolume({csi: {driver: 'd', fsType: 'ext4'}}),
      web(/by its (Pod|Deployment)/),
    ],
    'a StatefulSet whose claims are yet to be made': () => [
      diskCluster()
        .change('StorageClass', 'disks', c => (c.parameters = {fstype: 'ext3'}))
        .add({
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: {name: 'db', namespace: 'shop'},
          spec: {
            template: {spec: {nodeSelector: {'kubernetes.io/os': 'windows'}, containers: [{name: 'db'}]}},
            volumeClaimTemplates: [{metadata: {name: 'disk'}, spec: {storageClassName: 'disks'}}],
          },
        }),
      {severity: 'error', subjects: ['StatefulSet/shop/db'], says: /`disk` is `ext3`/},
    ],
  },
  passes: {
    'NTFS said aloud': () =>
      diskCluster().change('PersistentVolume', 'pv-1', pv => (pv.spec.csi.fsType = 'NTFS')),
    'nothing said, which is NTFS on Windows': () => diskCluster(),
    'a volume that exists decides before a class that changed': () =>
      diskCluster().change('StorageClass', 'disks', c => (c.parameters = {fsType: 'ext4'})),
    'a Linux pod may have ext4': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.volumes = [{name: 'd', csi: {driver: 'x', fsType: 'ext4'}}];
      }),
    'a manifest whose claim stands elsewhere': () => {
      const all = diskCluster()
        .removeAll('PersistentVolumeClaim')
        .without('persistentVolumeClaims', 'not-requested');
      return all.snapshot('files');
    },
  },
  unknown: {
    'claims may not be listed': () => [
      diskCluster().without('persistentVolumeClaims'),
      'persistentVolumeClaims',
    ],
    'volumes may not be listed': () => [diskCluster().without('persistentVolumes'), 'persistentVolumes'],
    'the workloads are missing': () => [diskCluster().without('workloads'), 'workloads'],
  },
});
