import {isHostProcess} from '../kube/containers.ts';
import {isFinished} from '../kube/pods.ts';
import type {Pod} from '../kube/types.ts';
import {once} from '../once/once.ts';

const NO_PODS: Pod[] = [];

/** Pods of a cluster by what HNS knows of them. Made once for all nodes: a cluster may have 100,000 of them. */
export class PodIndex {
  readonly #byAddress = new Map<string, Pod>();
  readonly #byName = new Map<string, Pod>();
  readonly #byNode: ReadonlyMap<string, Pod[]>;

  constructor(pods: readonly Pod[]) {
    // A pod that has ended keeps its address in its status, and the next one gets it.
    const live = pods.filter(pod => !isFinished(pod) && !isOnHost(pod));
    for (const pod of live) {
      this.#byName.set(nameOf(pod.metadata), pod);
      for (const ip of addressesOf(pod)) this.#byAddress.set(ip, pod);
    }
    this.#byNode = Map.groupBy(live, pod => pod.nodeName ?? '');
  }

  /** The pod that has an address. */
  at(address: string): Pod | undefined {
    return this.#byAddress.get(address);
  }

  named(namespace: string, name: string): Pod | undefined {
    return this.#byName.get(nameOf({namespace, name}));
  }

  /** Live pods of a node with an address of their own. */
  onNode(name: string): Pod[] {
    return this.#byNode.get(name) ?? NO_PODS;
  }
}

/** The index of a list of pods; it is made once. */
export const podsByAddress = once((pods: readonly Pod[]): PodIndex => new PodIndex(pods));

/** Addresses of a pod, in lower case. */
export function addressesOf({status}: Pod): string[] {
  const all = [status.podIP, ...(status.podIPs ?? []).map(({ip}) => ip)];
  return [...new Set(all.flatMap(ip => (ip ? [ip.toLowerCase()] : [])))];
}

/** Whether a pod has the host's network: HostProcess containers have it whatever the pod says of itself. */
function isOnHost({spec}: Pod): boolean {
  return spec.hostNetwork === true || isHostProcess(spec);
}

function nameOf({namespace = '', name}: {namespace?: string; name: string}): string {
  return `${namespace}/${name}`;
}
