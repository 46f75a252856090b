import type {Check} from '../define.ts';
import blanketTolerationWithoutOs from './blanket-toleration-without-os.ts';
import daemonsetStuckOnWindows from './daemonset-stuck-on-windows.ts';
import insufficientResource from './insufficient-resource.ts';
import linuxWorkloadMayLandOnWindows from './linux-workload-may-land-on-windows.ts';
import mixedBuildsNoBuildSelector from './mixed-builds-no-build-selector.ts';
import noMemoryLimitOnWindows from './no-memory-limit-on-windows.ts';
import noNodeForSelector from './no-node-for-selector.ts';
import noReadyWindowsNode from './no-ready-windows-node.ts';
import osContradiction from './os-contradiction.ts';
import osIntentWithoutSelector from './os-intent-without-selector.ts';
import osNameAbsent from './os-name-absent.ts';
import runtimeclassUnscheduled from './runtimeclass-unscheduled.ts';
import systemPodsUnschedulable from './system-pods-unschedulable.ts';
import taintNotTolerated from './taint-not-tolerated.ts';
import windowsNodesUntainted from './windows-nodes-untainted.ts';
import windowsWorkloadMayLandOnLinux from './windows-workload-may-land-on-linux.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  linuxWorkloadMayLandOnWindows,
  windowsWorkloadMayLandOnLinux,
  taintNotTolerated,
  noNodeForSelector,
  noReadyWindowsNode,
  mixedBuildsNoBuildSelector,
  runtimeclassUnscheduled,
  windowsNodesUntainted,
  daemonsetStuckOnWindows,
  noMemoryLimitOnWindows,
  osContradiction,
  insufficientResource,
  osIntentWithoutSelector,
  osNameAbsent,
  blanketTolerationWithoutOs,
  systemPodsUnschedulable,
];
