import check from '../../../src/checks/sto/volume-plugin-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {diskCluster, withVolume} from '../../helpers/storage.ts';

const web = (cause: string) => ({severity: 'error' as const, subjects: ['Deployment/shop/web'], cause});

checkCases({
  check,
  finds: {
    'NFS in the pod': () => [withVolume({nfs: {server: 's', path: '/p'}}), web('nfs')],
    'iSCSI in the pod': () => [withVolume({iscsi: {targetPortal: 't', iqn: 'i', lun: 0}}), web('iscsi')],
    'NFS behind a claim': () => [
      diskCluster().change('PersistentVolume', 'pv-1', pv => (pv.spec = {nfs: {server: 's', path: '/p'}})),
      web('nfs'),
    ],
  },
  passes: {
    'volumes that Windows has': () =>
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.volumes = [
          {name: 'a', emptyDir: {}},
          {name: 'b', hostPath: {path: 'C:\\data'}},
          {name: 'c', configMap: {name: 'c'}},
          {name: 'd', secret: {secretName: 's'}},
          {name: 'e', projected: {sources: []}},
          {name: 'f', flexVolume: {driver: 'microsoft.com/smb'}},
        ];
      }),
    'a plug-in that a driver took over': () => withVolume({azureFile: {secretName: 's', shareName: 'f'}}),
    'a disk behind a claim': () => diskCluster(),
    'NFS in a Linux pod': () =>
      healthy().changeSpec(
        'Deployment',
        'kube-system/coredns',
        spec => (spec.volumes = [{name: 'n', nfs: {}}]),
      ),
    'a manifest whose claim stands elsewhere': () =>
      diskCluster()
        .removeAll('PersistentVolumeClaim')
        .without('persistentVolumeClaims', 'not-requested')
        .snapshot('files'),
  },
  unknown: {
    'volumes may not be listed': () => [diskCluster().without('persistentVolumes'), 'persistentVolumes'],
    'claims may not be listed': () => [
      diskCluster().without('persistentVolumeClaims'),
      'persistentVolumeClaims',
    ],
  },
});
