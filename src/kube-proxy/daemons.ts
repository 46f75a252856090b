import {osOfDaemon} from '../kube/cni.ts';
import {containersOf} from '../kube/containers.ts';
import type {Workload} from '../kube/workloads.ts';
import {once} from '../once/once.ts';

/** DaemonSets that run kube-proxy on Windows nodes. */
export const windowsKubeProxies = once((workloads: readonly Workload[]): readonly Workload[] =>
  workloads.filter(isWindowsKubeProxy),
);

function isWindowsKubeProxy(workload: Workload): boolean {
  if (workload.owner.kind !== 'DaemonSet') return false;
  const view = workload.template ?? workload.live[0];
  const images = view ? containersOf(view.spec).map(c => c.container.image ?? '') : [];
  const names = [workload.owner.metadata.name, ...images];
  return names.some(n => n.includes('kube-proxy')) && osOfDaemon(workload) === 'windows';
}
