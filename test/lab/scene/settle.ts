import {setTimeout as sleep} from 'node:timers/promises';
import type {Api} from '../parts/api.ts';
import {LabError} from '../parts/failure.ts';

interface Workload {
  metadata: {namespace: string; name: string; uid: string; generation: number};
  spec: {replicas?: number};
  status: {
    observedGeneration?: number;
    replicas?: number;
    desiredNumberScheduled?: number;
    currentNumberScheduled?: number;
  };
}

interface Pod {
  metadata: {namespace: string; name: string; uid: string; annotations?: Record<string, string>};
  spec: {nodeName?: string};
  status: {phase?: string; startTime?: string; conditions?: {type: string; status: string}[]};
}

/** What the controller of EndpointSlices has made of Services and pods. */
interface Slice {
  metadata: {namespace: string; name: string};
  endpoints?: {targetRef?: {kind?: string; name?: string; uid?: string}}[] | null;
}

const OWN_SLICES = 'endpointslice.kubernetes.io%2Fmanaged-by%3Dendpointslice-controller.k8s.io';

interface Node {
  metadata: {name: string; annotations?: Record<string, string>};
}

/** What is waited for. */
interface Waiting {
  why: string;
  /** A pod that kwok has not started. */
  pod?: Pod;
}

/** kwok never starts a pod that is bound at the very moment in which it takes the pod's node over, unless that changes once more. */
const NUDGE_MS = 10_000;

/** Waits until the controllers, the scheduler and kwok have nothing left to do with what was loaded. */
export async function settled(api: Api, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  let nudgeAt = performance.now() + NUDGE_MS;
  for (let quiet = 0; quiet < 2;) {
    const began = performance.now();
    const waiting = await unsettled(api);
    quiet = waiting === undefined ? quiet + 1 : 0;
    if (waiting !== undefined && performance.now() > deadline) {
      throw new LabError(`the scene did not settle in ${withinMs / 1000} s: ${waiting.why}`);
    }
    if (waiting?.pod?.spec.nodeName !== undefined && performance.now() > nudgeAt) {
      await nudge(api, waiting.pod);
      nudgeAt = performance.now() + NUDGE_MS;
    }
    // Looking at ten thousand pods is work that they would have to wait for.
    await sleep(Math.max(50, 4 * (performance.now() - began)));
  }
}

async function nudge(api: Api, {metadata: {namespace, name}}: Pod): Promise<void> {
  const change = {metadata: {annotations: {'lab.kubectl-win/nudged': new Date().toISOString()}}};
  await api.send(
    'PATCH',
    `/api/v1/namespaces/${namespace}/pods/${name}`,
    change,
    'application/merge-patch+json',
  );
}

async function unsettled(api: Api): Promise<Waiting | undefined> {
  const [refused, slices, nodes, pods, ...workloads] = await Promise.all([
    refusedWorkloads(api),
    list<Slice>(api, `/apis/discovery.k8s.io/v1/endpointslices?labelSelector=${OWN_SLICES}`),
    list<Node>(api, '/api/v1/nodes'),
    list<Pod>(api, '/api/v1/pods'),
    ...['deployments', 'replicasets', 'daemonsets', 'statefulsets'].map(async plural =>
      list<Workload>(api, `/apis/apps/v1/${plural}`),
    ),
  ]);
  const behind = workloads.flat().find(w => isBehind(w) && !refused.has(w.metadata.uid));
  if (behind) return {why: `${behind.metadata.namespace}/${behind.metadata.name} is not yet worked on`};
  const uids = new Set(pods.map(pod => pod.metadata.uid));
  const late = slices.find(({endpoints}) =>
    endpoints?.some(({targetRef}) => targetRef?.kind === 'Pod' && !uids.has(targetRef.uid ?? '')),
  );
  if (late) return {why: `${late.metadata.namespace}/${late.metadata.name} names a pod that is gone`};
  const played = new Set(
    nodes
      .filter(node => node.metadata.annotations?.['kwok.x-k8s.io/node'] === 'fake')
      .map(node => node.metadata.name),
  );
  const open = pods.find(pod => isOpen(pod, played));
  if (!open) return undefined;
  const {namespace, name} = open.metadata;
  return {why: `pod ${namespace}/${name} is neither started nor refused`, pod: open};
}

/** Those whose pods the API server does not let in, and the Deployments of such ReplicaSets. */
async function refusedWorkloads(api: Api): Promise<Set<string>> {
  const events = await list<{involvedObject: {uid: string}}>(
    api,
    '/api/v1/events?fieldSelector=reason%3DFailedCreate',
  );
  const uids = new Set(events.map(event => event.involvedObject.uid));
  const sets = await list<{metadata: {uid: string; ownerReferences?: {uid: string}[]}}>(
    api,
    '/apis/apps/v1/replicasets',
  );
  for (const {metadata} of sets) {
    if (uids.has(metadata.uid)) for (const owner of metadata.ownerReferences ?? []) uids.add(owner.uid);
  }
  return uids;
}

function isBehind({metadata, spec, status}: Workload): boolean {
  if ((status.observedGeneration ?? 0) < metadata.generation) return true;
  if (status.desiredNumberScheduled !== undefined) {
    return status.currentNumberScheduled !== status.desiredNumberScheduled;
  }
  return (status.replicas ?? 0) !== (spec.replicas ?? 1);
}

function isOpen({metadata, spec, status}: Pod, played: ReadonlySet<string>): boolean {
  if (metadata.annotations?.['lab.kubectl-win/by-hand'] !== undefined) return false;
  if (spec.nodeName === undefined) {
    return !status.conditions?.some(c => c.type === 'PodScheduled' && c.status === 'False');
  }
  return played.has(spec.nodeName) && status.startTime === undefined;
}

async function list<T>(api: Api, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let token = ''; ;) {
    // A list of the kind that the path names.
    const page = (await api.send(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=1000${token && `&continue=${encodeURIComponent(token)}`}`,
    )) as {
      items: T[];
      metadata: {continue?: string};
    };
    items.push(...page.items);
    if (!page.metadata.continue) return items;
    token = page.metadata.continue;
  }
}
