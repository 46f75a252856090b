import type {Check} from '../define.ts';
import antivirusExclusionsMissing from './antivirus-exclusions-missing.ts';
import buildLabelWrong from './build-label-wrong.ts';
import buildUnsupported from './build-unsupported.ts';
import certificateExpiring from './certificate-expiring.ts';
import clockSkew from './clock-skew.ts';
import commitExhausted from './commit-exhausted.ts';
import containersFeatureMissing from './containers-feature-missing.ts';
import desktopExperience from './desktop-experience.ts';
import diskErrors from './disk-errors.ts';
import heartbeatStale from './heartbeat-stale.ts';
import hnsNewerThanKubeProxy from './hns-newer-than-kube-proxy.ts';
import kubeletPortUnreachable from './kubelet-port-unreachable.ts';
import kubeletSkew from './kubelet-skew.ts';
import nodeNotReady from './node-not-ready.ts';
import nodePressure from './node-pressure.ts';
import nothingReserved from './nothing-reserved.ts';
import osLabelWrong from './os-label-wrong.ts';
import poolDisagrees from './pool-disagrees.ts';
import problemCondition from './problem-condition.ts';
import rebootPending from './reboot-pending.ts';
import serviceCrashing from './service-crashing.ts';
import serviceStopped from './service-stopped.ts';
import tcpPortsExhausted from './tcp-ports-exhausted.ts';
import timeServiceStopped from './time-service-stopped.ts';
import uncleanRestart from './unclean-restart.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  nodeNotReady,
  buildUnsupported,
  buildLabelWrong,
  kubeletSkew,
  nodePressure,
  clockSkew,
  heartbeatStale,
  uncleanRestart,
  commitExhausted,
  serviceStopped,
  serviceCrashing,
  hnsNewerThanKubeProxy,
  containersFeatureMissing,
  diskErrors,
  poolDisagrees,
  antivirusExclusionsMissing,
  osLabelWrong,
  desktopExperience,
  nothingReserved,
  problemCondition,
  kubeletPortUnreachable,
  certificateExpiring,
  rebootPending,
  tcpPortsExhausted,
  timeServiceStopped,
];
