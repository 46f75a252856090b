import {isFinished} from './pods.ts';
import {parseQuantity} from './quantity.ts';
import type {Container, Node, Pod, PodSpec} from './types.ts';

/** Amounts by resource name: cores, bytes, pieces. */
export type Amounts = Map<string, number>;

/**
 * What a pod takes up on its node, as the scheduler adds it up: the larger of all containers with sidecars and any init
 * container with the sidecars before it, requests for the whole pod in their place, overhead, and one of `pods`.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podRequests(spec: PodSpec): Amounts {
  const running: Amounts = new Map();
  const peak: Amounts = new Map();
  for (const init of spec.initContainers ?? []) {
    const own = requestsOf(init);
    if (init.restartPolicy === 'Always') add(running, own);
    const during = init.restartPolicy === 'Always' ? running : sum(running, own);
    for (const [name, amount] of during) peak.set(name, Math.max(peak.get(name) ?? 0, amount));
  }
  for (const container of spec.containers) add(running, requestsOf(container));
  const total: Amounts = new Map(running);
  for (const [name, amount] of peak) total.set(name, Math.max(total.get(name) ?? 0, amount));
  for (const [name, amount] of amounts(spec.resources?.requests)) total.set(name, amount);
  add(total, amounts(spec.overhead));
  total.set('pods', 1);
  return total;
}

/** A container's requests; a limit without a request is one. */
function requestsOf({resources}: Container): Amounts {
  return new Map([...amounts(resources?.limits), ...amounts(resources?.requests)]);
}

/** Reads a map of quantities; what is none is left out. */
export function amounts(quantities: Record<string, string | number> | undefined): Amounts {
  const read: Amounts = new Map();
  for (const [name, quantity] of Object.entries(quantities ?? {})) {
    const amount = parseQuantity(quantity);
    if (amount !== undefined) read.set(name, amount);
  }
  return read;
}

function add(to: Amounts, more: Amounts): void {
  for (const [name, amount] of more) to.set(name, (to.get(name) ?? 0) + amount);
}

function sum(a: Amounts, b: Amounts): Amounts {
  const both = new Map(a);
  add(both, b);
  return both;
}

/** What each node has left: its allocatable resources less the requests of pods that are placed there and not over. */
export function freeByNode(nodes: readonly Node[], pods: readonly Pod[]): Map<string, Amounts> {
  const free = new Map(nodes.map(n => [n.metadata.name, amounts(n.status.allocatable)]));
  const known = new Map<PodSpec, Amounts>();
  for (const pod of pods) {
    const left = free.get(pod.nodeName ?? '');
    if (!left || isFinished(pod)) continue;
    let requests = known.get(pod.spec);
    if (!requests) known.set(pod.spec, (requests = podRequests(pod.spec)));
    for (const [name, amount] of requests) left.set(name, (left.get(name) ?? 0) - amount);
  }
  return free;
}

/** The resources that a node lacks for a pod. Node amounts may carry rounding of a billionth. */
export function lacking(requests: Amounts, free: Amounts): string[] {
  const short: string[] = [];
  for (const [name, amount] of requests) {
    if (amount > 0 && (free.get(name) ?? 0) - amount < -1e-6) short.push(name);
  }
  return short;
}
