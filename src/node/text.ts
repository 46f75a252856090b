import type {Missing} from '../snapshot/evidence.ts';

/** One file of a node, as text. */
export interface NodeText {
  /** Path below `host-collectors/<node>/<os>/`: `cri/images.json`. */
  file: string;
  text: string;
  /** Why the text is only a part of the file. */
  partial?: Missing;
}
