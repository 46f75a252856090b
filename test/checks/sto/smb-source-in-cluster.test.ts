import check from '../../../src/checks/sto/smb-source-in-cluster.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {diskCluster, shareCluster, storageClass, volume, withVolume} from '../../helpers/storage.ts';

const SERVICE = '//smb.default.svc.cluster.local/share';
const share = (source: string) =>
  volume('share', {csi: {driver: 'smb.csi.k8s.io', volumeAttributes: {source}}});

checkCases({
  check,
  finds: {
    'a volume that no Windows pod uses': () => [
      healthy().add(share(SERVICE)),
      {severity: 'warning', subjects: ['PersistentVolume//share'], says: /smb\.default\.svc\.cluster\.local/},
    ],
    'the short form, and the other slash': () => [
      healthy().add(share('\\\\smb.default.svc\\share')),
      {severity: 'warning', subjects: ['PersistentVolume//share']},
    ],
    'a volume that a Windows pod uses': () => [
      shareCluster(SERVICE),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'used-on-windows'},
    ],
    'a class': () => [
      healthy().add(storageClass('smb', 'smb.csi.k8s.io', {source: SERVICE})),
      {severity: 'warning', subjects: ['StorageClass//smb']},
    ],
    'an inline volume of a Windows pod': () => [
      withVolume({csi: {driver: 'smb.csi.k8s.io', volumeAttributes: {source: SERVICE}}}),
      {severity: 'error', subjects: ['Deployment/shop/web']},
    ],
  },
  passes: {
    'a name that nodes resolve': () => shareCluster(),
    'an address': () => healthy().add(share('//10.0.0.5/share')),
    'a host that only begins alike': () => healthy().add(share('//files.svcs.example.test/share')),
    'volumes without a source': () => diskCluster(),
    'manifests without volumes': () => healthy().snapshot('files'),
  },
  unknown: {
    'volumes may not be listed': () => [shareCluster().without('persistentVolumes'), 'persistentVolumes'],
    'classes may not be listed': () => [healthy().without('storageClasses'), 'storageClasses'],
    'only some volumes were read': () => [healthy().partly('persistentVolumes'), 'persistentVolumes'],
  },
});
