import {fields, flag, integer, isRecord, list, text} from '../kube/shape.ts';

/** The pause image of a node, as its agent worked it out (`cri/pause.json`). */
export interface PauseState {
  /** What containerd is set to use, and how that is known. */
  configured?: {image: string; from: string};
  /** Images of the sandboxes that are ready, the most used first. */
  seen: {image: string; sandboxes: number}[];
  /** The configured image on the node; absent where its images are not known. */
  image?: PauseImage;
  /** Places that name another image than the configured one. */
  disagreements: {where: string; subject: string; image: string}[];
}

/** The configured pause image on the node. */
export interface PauseImage {
  present: boolean;
  pinned: boolean;
  osVersion?: string;
  /** By its name; absent: not known. */
  hasWincat?: boolean;
}

const shape = fields<PauseState>(
  {
    configured: fields<NonNullable<PauseState['configured']>>(
      {image: text, from: text},
      {image: '', from: ''},
    ),
    seen: list(
      fields<PauseState['seen'][number]>({image: text, sandboxes: integer}, {image: '', sandboxes: 0}),
    ),
    image: fields<PauseImage>(
      {present: flag, pinned: flag, osVersion: text, hasWincat: flag},
      {present: false, pinned: false},
    ),
    disagreements: list(
      fields<PauseState['disagreements'][number]>(
        {where: text, subject: text, image: text},
        {where: '', subject: '', image: ''},
      ),
    ),
  },
  {seen: [], disagreements: []},
);

/** Reads `cri/pause.json`. */
export function readPause(value: unknown): PauseState | undefined {
  return isRecord(value) ? shape(value, '', undefined) : undefined;
}
