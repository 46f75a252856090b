import {existsSync} from 'node:fs';
import type {AgentOs} from '../../src/protocol/names.ts';
import {CollectError} from '../collect/collector.ts';
import {opens} from './client.ts';

/**
 * Where runtimes listen. What a distribution brings along comes before what any package may have left on a node: Docker
 * has a containerd of its own at the usual place.
 */
const ENDPOINTS: Readonly<Record<AgentOs, readonly string[]>> = {
  // AKS, EKS, GKE, kubeadm, RKE2 and OpenShift alike: https://github.com/containerd/containerd/blob/main/defaults/defaults_windows.go.
  windows: ['\\\\.\\pipe\\containerd-containerd'],
  linux: [
    // RKE2 and k3s: https://docs.k3s.io/advanced#using-docker-as-the-container-runtime.
    '/run/k3s/containerd/containerd.sock',
    // https://docs.k0sproject.io/stable/runtime/.
    '/run/k0s/containerd.sock',
    // https://github.com/cri-o/cri-o/blob/main/docs/crio.8.md; OpenShift.
    '/run/crio/crio.sock',
    // https://mirantis.github.io/cri-dockerd/.
    '/run/cri-dockerd.sock',
    // https://microk8s.io/docs/configure-services.
    '/var/snap/microk8s/common/run/containerd.sock',
    '/run/containerd/containerd.sock',
  ],
};

/**
 * The same as an agent in a container reaches them: `/run` is mounted where it is, the rest of the node's file system below
 * `root`.
 */
export function endpointsOf(os: AgentOs, root: string): readonly string[] {
  return ENDPOINTS[os].map(path => (os === 'windows' || path.startsWith('/run/') ? path : root + path));
}

/** How long one of several sockets may take before the next is tried. */
const TRY_MS = 1000;

/**
 * The pipe or socket of the runtime: the first that opens, else the first that is there, so that what is asked of it
 * says why it does not answer. Of one alone nothing is asked beforehand: on Windows to look at a pipe is to open it. Throws
 * CollectError where there is none.
 */
export async function findEndpoint(candidates: readonly string[], signal: AbortSignal): Promise<string> {
  const there = candidates.length === 1 ? candidates : candidates.filter(path => existsSync(path));
  if (there.length > 1) {
    for (const path of there) {
      const open = await opens(path, TRY_MS, signal).then(
        () => true,
        () => false,
      );
      if (open) return path;
    }
  }
  const [first] = there;
  if (first !== undefined) return first;
  throw new CollectError('failed', `no container runtime listens: none of ${candidates.join(', ')} is there`);
}
