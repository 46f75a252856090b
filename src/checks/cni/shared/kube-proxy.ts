import {containersOf} from '../../../kube/containers.ts';
import {osOfDaemon} from '../../../kube/cni.ts';
import {providerOfNode} from '../../../kube/provider.ts';
import type {Provider} from '../../../kube/provider.ts';
import type {Node} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';

/** Where kube-proxy of Windows nodes is a service or child process, and no pod (facts: provider node scripts). */
const AS_SERVICE: ReadonlySet<Provider> = new Set(['aks', 'eks', 'gke', 'openshift', 'rke2']);

/** DaemonSets that run kube-proxy on Windows nodes. */
export function windowsKubeProxies(workloads: readonly Workload[]): Workload[] {
  return workloads.filter(workload => {
    if (workload.owner.kind !== 'DaemonSet') return false;
    const view = workload.template ?? workload.live[0];
    const images = view ? containersOf(view.spec).map(c => c.container.image ?? '') : [];
    const names = [workload.owner.metadata.name, ...images];
    return names.some(n => n.includes('kube-proxy')) && osOfDaemon(workload) === 'windows';
  });
}

/** The provider of a node on which kube-proxy is no pod; `undefined` where it may be one. */
export function runsAsService(node: Node): Provider | undefined {
  const provider = providerOfNode(node);
  return provider !== undefined && AS_SERVICE.has(provider) ? provider : undefined;
}
