import type {TestCluster} from '../helpers/cluster.ts';
import {ago, event} from '../helpers/raw.ts';
import {unready} from './states.ts';

/** win-2 was left on an update with a known fault. */
export function badUpdate(cluster: TestCluster): void {
  cluster.change('Node', 'win-2', node => {
    node.status.nodeInfo.kernelVersion = '10.0.20348.2655';
  });
}

/** The kubelet of win-3 stopped 25 minutes ago. */
export function deadNode(cluster: TestCluster): void {
  const since = 25 * 60;
  cluster.change('Node', 'win-3', node => {
    for (const condition of node.status.conditions) {
      condition.status = 'Unknown';
      condition.reason = 'NodeStatusUnknown';
      condition.message = 'Kubelet stopped posting node status.';
      condition.lastHeartbeatTime = ago(since + 40);
      condition.lastTransitionTime = ago(since);
    }
    node.spec.taints.push(
      {key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule', timeAdded: ago(since)},
      {key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: ago(since)},
    );
  });
  cluster.change('Lease', 'kube-node-lease/win-3', lease => {
    lease.spec.renewTime = ago(since + 40);
  });
  cluster.changeAll('Pod', pod => {
    if (pod.spec.nodeName !== 'win-3') return;
    for (const condition of pod.status.conditions) {
      if (condition.type !== 'Ready') continue;
      condition.status = 'False';
      condition.reason = 'NodeNotReady';
      condition.lastTransitionTime = ago(since);
    }
  });
  cluster.changeAll('EndpointSlice', slice => {
    for (const endpoint of slice.endpoints) if (endpoint.nodeName === 'win-3') unready(endpoint);
  });
  cluster.add(
    event(cluster.get('Node', 'win-3'), 'NodeNotReady', 'Node win-3 status is now: NodeNotReady', {
      type: 'Normal',
      component: 'node-controller',
      count: 1,
      first: ago(since),
      last: ago(since),
    }),
  );
}
