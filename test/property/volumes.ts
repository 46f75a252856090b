import {csiNode, storageClass, volume} from '../helpers/storage.ts';
import type {Json} from '../helpers/raw.ts';
import type {World} from './world.ts';

const DRIVER = 'disk.csi.azure.com';

/** Gives a StatefulSet a disk that is bound, by a driver that every node has. */
export function addClaims(world: World, at: {namespace: string; name: string}, spec: Json): void {
  const name = `data-${at.name}`;
  spec.volumes = [...(spec.volumes ?? []), {name: 'data', persistentVolumeClaim: {claimName: name}}];
  spec.containers[0].volumeMounts = [
    ...(spec.containers[0].volumeMounts ?? []),
    {name: 'data', mountPath: '/data'},
  ];
  if (!world.objects.some(o => o.kind === 'CSIDriver')) {
    world.add(
      storageClass('disks', DRIVER, spec.os ? {fsType: 'ntfs'} : {}),
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'CSIDriver',
        metadata: {name: DRIVER},
        spec: {attachRequired: true},
      },
      ...world.nodes.map(n => csiNode(n.metadata.name, [DRIVER])),
    );
  }
  world.add(
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {name, namespace: at.namespace},
      spec: {storageClassName: 'disks', volumeName: `pv-${name}`, accessModes: ['ReadWriteOnce']},
      status: {phase: 'Bound'},
    },
    volume(`pv-${name}`, {
      csi: {driver: DRIVER, volumeHandle: name, ...(spec.os && {fsType: 'ntfs'})},
      storageClassName: 'disks',
    }),
  );
}
