import {DEFAULT_LINKS} from './sample.ts';

/** How much is tried: a sample that takes seconds, or everything. */
export type ProbeMode = 'quick' | 'full';

/** What a mode tries. */
export interface Extent {
  /** Links with other nodes of each node, on average and in each direction; all of them where it is `full`. */
  readonly links: number | 'full';
  /** Tries of each connection that latency and loss are measured by. */
  readonly tries: number;
  /** Services that each node tries. */
  readonly services: number;
}

/** Quick finds what is broken; full also sees a loss of a few per cent, which takes many tries. */
export const EXTENTS: Readonly<Record<ProbeMode, Extent>> = {
  quick: {links: DEFAULT_LINKS, tries: 3, services: 3},
  full: {links: 'full', tries: 10, services: 25},
};
