import {fields, isRecord, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {fieldOf, itemsOf, wholeNumber} from './items.ts';

/** Where containerd keeps images, and what its containers use (`cri/stats.json`). */
export interface ImageDisk {
  /** Folder of the image file system: `C:\\ProgramData\\containerd\\root\\io.containerd.snapshotter.v1.windows`. */
  mountpoint?: string;
  memory: readonly Indexed<ContainerMemory>[];
}

/** The memory of a running container. */
export interface ContainerMemory {
  /** UID of its pod, as the kubelet labels it. */
  podUid: string;
  container: string;
  /** Bytes of physical memory that are its own: what it has committed is no less. */
  workingSet: number;
}

interface RawStats {
  attributes?: {metadata?: {name?: string}; labels?: {podUid?: string}};
  memory?: {workingSetBytes?: {value?: number}};
}

const statsShape = fields<RawStats>({
  attributes: fields({
    metadata: fields({name: text}),
    labels: value => {
      const podUid = text(fieldOf(value, 'io.kubernetes.pod.uid'), '', undefined);
      return podUid === undefined ? {} : {podUid};
    },
  }),
  memory: fields({workingSetBytes: fields({value: wholeNumber})}),
});

/** Reads `cri/stats.json`: `imageFs` is ImageFsInfo, `stats` ListContainerStats. */
export function readImageDisk(value: unknown): ImageDisk | undefined {
  if (!isRecord(value)) return undefined;
  const systems = fieldOf(value['imageFs'], 'imageFilesystems');
  const first: unknown = Array.isArray(systems) ? systems[0] : undefined;
  const mountpoint = text(fieldOf(fieldOf(first, 'fsId'), 'mountpoint'), '', undefined);
  const memory = itemsOf(value['stats'], statsShape).flatMap(({index, attributes, memory: used}) => {
    const podUid = attributes?.labels?.podUid;
    const container = attributes?.metadata?.name;
    const workingSet = used?.workingSetBytes?.value;
    if (podUid === undefined || container === undefined || workingSet === undefined) return [];
    return [{index, podUid, container, workingSet}];
  });
  return {...(mountpoint !== undefined && {mountpoint}), memory};
}
