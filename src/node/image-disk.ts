import {isRecord, text} from '../kube/shape.ts';
import {fieldOf} from './items.ts';

/** Where containerd keeps images (`cri/stats.json`). */
export interface ImageDisk {
  /** Folder of the image file system: `C:\ProgramData\containerd\root\io.containerd.snapshotter.v1.windows`. */
  mountpoint?: string;
}

/** Reads `imageFs` of `cri/stats.json`, which is ImageFsInfo. */
export function readImageDisk(value: unknown): ImageDisk | undefined {
  if (!isRecord(value)) return undefined;
  const systems = fieldOf(value['imageFs'], 'imageFilesystems');
  const first: unknown = Array.isArray(systems) ? systems[0] : undefined;
  const mountpoint = text(fieldOf(fieldOf(first, 'fsId'), 'mountpoint'), '', undefined);
  return mountpoint === undefined ? {} : {mountpoint};
}
