import type {Reach} from './sample.ts';
import {DEFAULT_REACH} from './sample.ts';

/** How much is tried: a sample that takes seconds, or everything. */
export type ProbeMode = 'quick' | 'full';

/** What a mode tries. */
export interface Extent {
  /** Links of each node with others. */
  readonly reach: Reach;
  /** Tries of each connection that latency and loss are measured by. */
  readonly tries: number;
  /** Services that each node tries. */
  readonly services: number;
}

/** Quick finds what is broken; full also sees a loss of a few per cent, which takes many tries. */
export const EXTENTS: Readonly<Record<ProbeMode, Extent>> = {
  quick: {reach: DEFAULT_REACH, tries: 3, services: 3},
  full: {reach: {all: Infinity, own: 0}, tries: 10, services: 25},
};
