import type {Check} from '../define.ts';
import hostToClusterIp from './host-to-cluster-ip.ts';
import latencyOrLoss from './latency-or-loss.ts';
import linuxWindows from './linux-windows.ts';
import nodeIsolated from './node-isolated.ts';
import nodePort from './node-port.ts';
import nodeToPod from './node-to-pod.ts';
import outbound from './outbound.ts';
import pathMtu from './path-mtu.ts';
import podToApiServer from './pod-to-api-server.ts';
import podToClusterIp from './pod-to-cluster-ip.ts';
import podToPodOtherNode from './pod-to-pod-other-node.ts';
import podToPodSameNode from './pod-to-pod-same-node.ts';
import vipDeadBackendAlive from './vip-dead-backend-alive.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  podToPodSameNode,
  podToPodOtherNode,
  podToClusterIp,
  nodeToPod,
  nodePort,
  outbound,
  podToApiServer,
  linuxWindows,
  pathMtu,
  vipDeadBackendAlive,
  nodeIsolated,
  latencyOrLoss,
  hostToClusterIp,
];
