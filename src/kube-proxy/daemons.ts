import {osOfDaemon} from '../kube/cni.ts';
import {containersOf} from '../kube/containers.ts';
import type {Workload} from '../kube/workloads.ts';

const known = new WeakMap<readonly Workload[], Workload[]>();

/** DaemonSets that run kube-proxy on Windows nodes. */
export function windowsKubeProxies(workloads: readonly Workload[]): Workload[] {
  let found = known.get(workloads);
  if (!found) known.set(workloads, (found = workloads.filter(isWindowsKubeProxy)));
  return found;
}

function isWindowsKubeProxy(workload: Workload): boolean {
  if (workload.owner.kind !== 'DaemonSet') return false;
  const view = workload.template ?? workload.live[0];
  const images = view ? containersOf(view.spec).map(c => c.container.image ?? '') : [];
  const names = [workload.owner.metadata.name, ...images];
  return names.some(n => n.includes('kube-proxy')) && osOfDaemon(workload) === 'windows';
}
