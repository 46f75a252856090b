import check from '../../../src/checks/sto/csi-driver-missing-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {csiNode, diskCluster, storageClass, withVolume} from '../../helpers/storage.ts';

const web = (says?: RegExp) => ({
  severity: 'error' as const,
  subjects: ['Deployment/shop/web'],
  ...(says && {says}),
});
const without = (...nodes: string[]) => {
  const cluster = diskCluster();
  for (const node of nodes) cluster.change('CSINode', node, n => (n.spec.drivers = []));
  return cluster;
};
const nodes = (...drivers: string[]) => ['linux-0', 'win-1', 'win-2'].map(name => csiNode(name, drivers));

checkCases({
  check,
  finds: {
    'the driver is on Linux nodes only': () => [
      without('win-1', 'win-2'),
      web(/disk\.csi\.example\.test.*2 nodes/),
    ],
    'one of the nodes that its pods sit on lacks it': () => [without('win-2'), web(/`win-2` has not/)],
    'a node has no CSINode at all': () => [diskCluster().remove('CSINode', 'win-1'), web()],
    'pods that wait for a place find none with it': () => [without('win-1', 'win-2').removeAll('Pod'), web()],
    'an inline volume of a driver': () => [
      withVolume({csi: {driver: 'secrets-store.csi.k8s.io'}}).add(...nodes()),
      web(/secrets-store/),
    ],
    'an old plug-in whose driver took over': () => [
      withVolume({awsElasticBlockStore: {volumeID: 'v'}}).add(...nodes()),
      web(/ebs\.csi\.aws\.com/),
    ],
    'a claim that nothing has been made for yet': () => [
      without('win-1', 'win-2').change('PersistentVolumeClaim', 'shop/data', c => delete c.spec.volumeName),
      web(),
    ],
    'a volume made on the fly from a class': () => [
      withVolume({ephemeral: {volumeClaimTemplate: {spec: {storageClassName: 'old'}}}}).add(
        storageClass('old', 'kubernetes.io/azure-disk'),
        csiNode('linux-0', ['disk.csi.azure.com']),
        csiNode('win-1', []),
        csiNode('win-2', []),
      ),
      web(/disk\.csi\.azure\.com/),
    ],
  },
  passes: {
    'no volume needs a driver, and CSINodes may not be listed': () =>
      withVolume({emptyDir: {}}).without('csiNodes'),
    'every node has the driver': () => diskCluster(),
    'pods that wait need one good node': () => without('win-1').removeAll('Pod'),
    'a provisioner that is no CSI driver': () =>
      withVolume({ephemeral: {volumeClaimTemplate: {spec: {storageClassName: 'local'}}}}).add(
        storageClass('local', 'rancher.io/local-path'),
        ...nodes(),
      ),
    'volumes that need no driver': () => withVolume({emptyDir: {}}),
    'no volumes': () => healthy(),
    'a Linux pod may have any driver': () =>
      healthy()
        .changeSpec(
          'Deployment',
          'kube-system/coredns',
          spec => (spec.volumes = [{name: 'd', csi: {driver: 'x'}}]),
        )
        .add(...nodes()),
  },
  unknown: {
    'CSINodes may not be listed': () => [diskCluster().without('csiNodes'), 'csiNodes'],
    'pods wait for a place, and the node with the driver was not read': () => [
      without('win-1').removeAll('Pod').remove('Node', 'win-2').partly('nodes'),
      'nodes',
    ],
    'claims may not be listed': () => [
      diskCluster().without('persistentVolumeClaims'),
      'persistentVolumeClaims',
    ],
    'volumes may not be listed': () => [
      diskCluster().without('persistentVolumes').without('storageClasses'),
      'persistentVolumes',
    ],
    'classes may not be listed': () => [
      diskCluster()
        .change('PersistentVolumeClaim', 'shop/data', c => delete c.spec.volumeName)
        .removeAll('PersistentVolume')
        .without('storageClasses'),
      'storageClasses',
    ],
  },
});
