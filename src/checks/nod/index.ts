import type {Check} from '../define.ts';
import buildLabelWrong from './build-label-wrong.ts';
import buildUnsupported from './build-unsupported.ts';
import certificateExpiring from './certificate-expiring.ts';
import clockSkew from './clock-skew.ts';
import commitExhausted from './commit-exhausted.ts';
import heartbeatStale from './heartbeat-stale.ts';
import kubeletPortUnreachable from './kubelet-port-unreachable.ts';
import kubeletSkew from './kubelet-skew.ts';
import nodeNotReady from './node-not-ready.ts';
import nodePressure from './node-pressure.ts';
import nothingReserved from './nothing-reserved.ts';
import osLabelWrong from './os-label-wrong.ts';
import poolDisagrees from './pool-disagrees.ts';
import problemCondition from './problem-condition.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  nodeNotReady,
  buildUnsupported,
  buildLabelWrong,
  kubeletSkew,
  nodePressure,
  clockSkew,
  heartbeatStale,
  commitExhausted,
  poolDisagrees,
  osLabelWrong,
  nothingReserved,
  problemCondition,
  kubeletPortUnreachable,
  certificateExpiring,
];
