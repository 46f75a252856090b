import type {Check} from '../define.ts';
import containerStartFailing from './container-start-failing.ts';
import crashLoop from './crash-loop.ts';
import ipPoolExhausted from './ip-pool-exhausted.ts';
import mountFailing from './mount-failing.ts';
import oomOrCommit from './oom-or-commit.ts';
import plegUnhealthy from './pleg-unhealthy.ts';
import podStuckTerminating from './pod-stuck-terminating.ts';
import sandboxFailing from './sandbox-failing.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  sandboxFailing,
  containerStartFailing,
  crashLoop,
  mountFailing,
  plegUnhealthy,
  podStuckTerminating,
  oomOrCommit,
  ipPoolExhausted,
];
