import type {Json, Raw} from '../../helpers/raw.ts';
import {hostProcessPodSpec, linuxPodSpec, windowsPodSpec} from '../../helpers/raw-pods.ts';

/** Marks what a fault brought, pods of its workloads included. */
export const FAULT_LABEL = 'lab-fault';

export const SHOP = 'shop';

type Edit = (spec: Json) => void;

/** More about a workload than its pods' specification. */
export interface More {
  kind?: 'Deployment' | 'DaemonSet';
  namespace?: string;
  replicas?: number;
  /** What the kubelet reports of each pod from the start. */
  status?: object;
  labels?: Record<string, string>;
}

/** A workload of the lab in `shop`, with one pod unless told otherwise. */
export function workloadOf(name: string, spec: Json, more: More = {}): Raw {
  const {kind = 'Deployment', namespace = SHOP, replicas = 1, status} = more;
  const labels = {app: name, [FAULT_LABEL]: 'true', ...more.labels};
  const annotations = status && {'lab.kubectl-win/status': JSON.stringify(status)};
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: {name, namespace, labels},
    spec: {
      ...(kind === 'Deployment' && {replicas}),
      selector: {matchLabels: {app: name}},
      template: {metadata: {labels, ...(annotations && {annotations})}, spec},
    },
  };
}

/** A Windows workload as a careful author writes it, less what `edit` breaks. */
export function windows(name: string, edit: Edit = () => {}, more: More = {}): Raw {
  const spec = windowsPodSpec();
  edit(spec);
  return workloadOf(name, spec, more);
}

/** The same with HostProcess containers, in `kube-system`. */
export function hostProcess(name: string, edit: Edit, more: More = {}): Raw {
  const spec = hostProcessPodSpec('sigwindowstools/node-tool:v1.0.0');
  edit(spec);
  return workloadOf(name, spec, {namespace: 'kube-system', ...more});
}

/** A Linux workload that selects its OS, unless `edit` changes that. */
export function linux(name: string, edit: Edit = () => {}, more: More = {}): Raw {
  const spec = linuxPodSpec('registry.k8s.io/metrics-server/metrics-server:v0.8.0');
  edit(spec);
  return workloadOf(name, spec, more);
}

const NOT_READY = ['Ready', 'ContainersReady'].map(type => ({
  type,
  status: 'False',
  reason: 'ContainersNotReady',
  message: 'containers with unready status: [web]',
  lastTransitionTime: new Date().toISOString(),
}));

/** Status of a pod whose container waits. */
export function waiting(reason: string, message = '', more: object = {}): object {
  return {
    phase: 'Pending',
    conditions: NOT_READY,
    containerStatuses: [container({state: {waiting: {reason, ...(message && {message})}}, ...more})],
  };
}

/** Status of a pod whose container runs, but is not ready. */
export function unready(): object {
  const state = {running: {startedAt: new Date().toISOString()}};
  return {phase: 'Running', conditions: NOT_READY, containerStatuses: [container({state, started: true})]};
}

/** Status of a pod whose container ends again and again. */
export function crashing(exitCode: number, reason = 'Error'): object {
  const now = new Date().toISOString();
  return {
    phase: 'Running',
    conditions: NOT_READY,
    containerStatuses: [
      container({
        restartCount: 9,
        state: {
          waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=web'},
        },
        lastState: {terminated: {exitCode, reason, startedAt: now, finishedAt: now}},
      }),
    ],
  };
}

function container(more: object): object {
  const image = windowsPodSpec().containers[0].image;
  return {name: 'web', image, imageID: '', ready: false, restartCount: 0, lastState: {}, ...more};
}

/** A warning of the last minutes about every pod of a workload in `shop`. */
export function podEvent(app: string, reason: string, message: string, count = 12): Raw {
  return eventOf({kind: 'Pod', namespace: SHOP, selector: `app=${app}`}, {reason, message, count});
}

/** A warning about a node. */
export function nodeEvent(node: string, reason: string, message: string, count = 12): Raw {
  return eventOf({kind: 'Node', name: node, uid: node}, {reason, message, count});
}

function eventOf(involvedObject: Json, facts: {reason: string; message: string; count: number}): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {name: `fault.${facts.reason.toLowerCase()}`, namespace: involvedObject.namespace ?? 'default'},
    type: 'Warning',
    source: {component: 'kubelet'},
    involvedObject,
    firstTimestamp: minutesAgo(10),
    lastTimestamp: minutesAgo(0),
    ...facts,
  };
}

function minutesAgo(minutes: number): string {
  return `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;
}
