import type {Missing} from '../snapshot/evidence.ts';

/** A file of a node that could not be collected, or only in part, with its place in `collection.json`. */
export interface CollectionGap {
  key: string;
  /** Position in `collection.json`, whose entries are sorted by key. */
  index: number;
  missing: Missing;
}
