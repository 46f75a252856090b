import type {NodeOutcome} from '../../../src/checks/node-share.ts';
import type {NodeNews} from '../../../src/node/news.ts';

/** What the thread is told: one thing of a node, or, without it, that no more comes of that node. */
export interface ToThread {
  readonly node: string;
  readonly news?: NodeNews;
}

/** What the thread answers, once for each node. */
export interface FromThread {
  readonly node: string;
  readonly outcome: NodeOutcome;
}
