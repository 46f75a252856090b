import type * as kube from '../types.ts';
import {fields, list, mapOf, quantity, text, withOthers} from '../shape.ts';
import {object} from './object.ts';
import {masked, message, settings} from './quoted.ts';

/** Claims, also as templates of a StatefulSet. */
export const claim = object<kube.PersistentVolumeClaim>(
  'PersistentVolumeClaim',
  {
    spec: fields({storageClassName: text, volumeName: text, volumeMode: text, accessModes: list(text)}),
    status: fields({phase: text}),
  },
  {spec: {}, status: {}},
);

/** Volumes, with the name of the plug-in that each uses. */
export const persistentVolume = object<kube.PersistentVolume>(
  'PersistentVolume',
  {
    spec: withOthers(
      fields<kube.PersistentVolume['spec']>({
        csi: fields<NonNullable<kube.PersistentVolume['spec']['csi']>>(
          {driver: text, fsType: text, volumeHandle: text, volumeAttributes: settings},
          {driver: ''},
        ),
        storageClassName: text,
        mountOptions: list(masked),
        volumeMode: text,
        claimRef: fields({namespace: text, name: text}),
        capacity: mapOf(quantity),
      }),
    ),
    status: fields({phase: text, reason: text, message}),
  },
  {spec: {}, status: {}},
);

/** Storage classes. */
export const storageClass = object<kube.StorageClass>('StorageClass', {
  provisioner: text,
  parameters: settings,
  mountOptions: list(masked),
});

/** CSI drivers by node. */
export const csiNode = object<kube.CsiNode>(
  'CSINode',
  {
    spec: fields({
      drivers: list(fields<{name: string; nodeID?: string}>({name: text, nodeID: text}, {name: ''})),
    }),
  },
  {spec: {}},
);

/** CSI drivers: that they are there. */
export const csiDriver = object<kube.CsiDriver>('CSIDriver', {});
