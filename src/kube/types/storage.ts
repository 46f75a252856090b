import type {KubeObject} from './object.ts';

export interface PersistentVolume extends KubeObject {
  kind: 'PersistentVolume';
  spec: {
    csi?: {driver: string; fsType?: string; volumeHandle?: string; volumeAttributes?: Record<string, string>};
    storageClassName?: string;
    mountOptions?: string[];
    volumeMode?: string;
    claimRef?: {namespace?: string; name?: string};
    capacity?: Record<string, string>;
    [plugin: string]: unknown;
  };
  status: {phase?: string; reason?: string; message?: string};
}

export interface PersistentVolumeClaim extends KubeObject {
  kind: 'PersistentVolumeClaim';
  spec: {storageClassName?: string; volumeName?: string; volumeMode?: string; accessModes?: string[]};
  status: {phase?: string};
}

export interface StorageClass extends KubeObject {
  kind: 'StorageClass';
  provisioner?: string;
  parameters?: Record<string, string>;
  mountOptions?: string[];
}

export interface CsiNode extends KubeObject {
  kind: 'CSINode';
  spec: {drivers?: {name: string; nodeID?: string}[]};
}

export interface CsiDriver extends KubeObject {
  kind: 'CSIDriver';
}
