import {fields, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf, wholeNumber} from './items.ts';

/** The room that a running container has on its own volume (`cri/volumes.json`). */
export interface ContainerVolume {
  id: string;
  namespace: string;
  pod: string;
  container: string;
  /** Bytes; absent where `error` says why. */
  size?: number;
  free?: number;
  error?: string;
}

const shape = fields<ContainerVolume>(
  {
    id: text,
    namespace: text,
    pod: text,
    container: text,
    size: wholeNumber,
    free: wholeNumber,
    error: text,
  },
  {id: '', namespace: '', pod: '', container: ''},
);

/** Reads `cri/volumes.json`. */
export function readVolumes(value: unknown): Indexed<ContainerVolume>[] | undefined {
  return Array.isArray(value) ? itemsOf(value, shape, v => v.id !== '') : undefined;
}
