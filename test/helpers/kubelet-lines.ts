import type {TestCluster} from './cluster.ts';
import {healthyWithAgents} from './cluster.ts';
import {creating, waiting} from './sick-pods.ts';

/** Lines of a kubelet 1.35 about `shop/web-0`, as klog writes them. */

const UID = 'pod-shop-web-0';
const quoted = (text: string): string => JSON.stringify(text);

function sync(result: string): string {
  return `E0901 11:59:40.000000    4244 pod_workers.go:1301] "Error syncing pod, skipping" err=${quoted(result)} pod="shop/web-0" podUID="${UID}"`;
}

export const sandboxLine = (error: string): string =>
  sync(
    `failed to "CreatePodSandbox" for "web-0_shop(${UID})" with CreatePodSandboxError: ${quoted(`Failed to create sandbox for pod "web-0_shop(${UID})": ${error}`)}`,
  );

export const startLine = (error: string): string =>
  sync(`failed to "StartContainer" for "iis" with RunContainerError: ${quoted(error)}`);

export const mountLine = (error: string): string =>
  `E0901 11:59:40.000000    4244 nestedpendingoperations.go:348] Operation for "{volumeName:v podName:${UID} nodeName:}" failed. No retries permitted until later. Error: MountVolume.MountDevice failed for volume "pv-1" (UniqueName: "v") pod "web-0" (UID: "${UID}") : ${error}`;

const LOG = 'logs/kubelet/kubelet.err.log';

/** A healthy cluster whose `shop/web-0` does not run, no event says why, and the kubelet of `win-1` wrote this. */
export function logged(line: string, as: 'creating' | 'waiting' = 'creating'): TestCluster {
  return healthyWithAgents()
    .change('Pod', 'shop/web-0', pod =>
      as === 'creating' ? creating(pod) : waiting(pod, 'ContainerCreating'),
    )
    .onNode('win-1', node => node.set(LOG, `${line}\n`));
}

/** The healthy cluster, with a node on which the kubelet writes no file. */
export function withoutKubeletLog(cluster: TestCluster = healthyWithAgents()): TestCluster {
  return cluster.onNode('win-1', node => node.remove(LOG));
}
