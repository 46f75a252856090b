import {fields, isRecord, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {itemsOf} from './items.ts';

/** A layer that containerd keeps (`cri/snapshots.json`). */
export interface LayerSnapshot {
  key: string;
  /** `ACTIVE` can be written to: of a container. `COMMITTED` is of an image. */
  kind?: string;
  snapshotter?: string;
  /** RFC 3339. */
  createdAt?: string;
}

/** Layers, and the keys of those that containers of containerd use. */
export interface RuntimeLayers {
  snapshots: Indexed<LayerSnapshot>[];
  used: ReadonlySet<string>;
}

const snapshotShape = fields<LayerSnapshot>(
  {key: text, kind: text, snapshotter: text, createdAt: text},
  {key: ''},
);
const containerShape = fields<{snapshotKey?: string}>({snapshotKey: text});

/** Reads `cri/snapshots.json`. */
export function readSnapshots(value: unknown): RuntimeLayers | undefined {
  if (!isRecord(value)) return undefined;
  return {
    // Committed layers are many, and shared by images in ways that only containerd knows.
    snapshots: itemsOf(value['snapshots'], snapshotShape, s => s.key !== '' && s.kind !== 'COMMITTED'),
    used: new Set(itemsOf(value['containers'], containerShape).flatMap(c => c.snapshotKey ?? [])),
  };
}
