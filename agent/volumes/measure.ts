import type {VolumeFacts} from '../../src/protocol/node-facts.ts';
import {wordsOf} from '../logmonitor/container-path.ts';
import type {ContainerVolume} from '../logmonitor/container-volume.ts';
import {volumesOf} from '../logmonitor/container-volume.ts';
import type {VolumeView} from './volume-view.ts';

/** Measures the volumes of containers that have processes `pids`, one by one: any of them may hang. */
export function* measure(pids: readonly number[], view: VolumeView): Generator<Room> {
  for (const volume of volumesOf(pids, view)) yield roomOn(volume, view);
}

/** What `measure` answers of a container. */
export type Room = Pick<VolumeFacts, 'size' | 'free' | 'error'>;

function roomOn(volume: ContainerVolume, view: VolumeView): Room {
  if ('why' in volume) return unmeasured(volume.why);
  try {
    return {...view.spaceOf(volume.device), error: null};
  } catch (error) {
    return unmeasured(wordsOf(error));
  }
}

/** That the room of a container is not known, and why. */
export function unmeasured(error: string): Room {
  return {size: null, free: null, error};
}
