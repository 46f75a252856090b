import type {NodeView} from '../logmonitor/node-view.ts';

/** What of the node tells the room on volumes. On Windows `logmonitor/native/windows-view.ts` makes it. */
export interface VolumeView extends Pick<NodeView, 'programOf' | 'systemDevice'> {
  /** Bytes of a volume, and how many of them are free. Throws CollectError. */
  spaceOf(device: string): {size: number; free: number};
}
