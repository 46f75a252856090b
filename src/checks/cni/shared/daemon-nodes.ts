import {classifyError} from '../../../data/errors.ts';
import {isReady, isTerminating, statusesOf} from '../../../kube/pods.ts';
import type {Node, Pod} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import {idOf} from '../../../kube/workloads.ts';
import {MINUTE, duration, millis} from '../../../snapshot/time.ts';
import type {Fail, Outcome, Severity} from '../../define.ts';
import {pass, ref, subjectOf} from '../../define.ts';

/** A fresh pod or node needs this long, as a Windows node pulls images of hundreds of megabytes first. */
const SETTLE = 5 * MINUTE;

/** Pods of a node whose kubelet is silent are marked unready by the controller: that says nothing of the pods. */
const NODE_DOWN = 'node not ready';
/** What a kubelet says of a node that lacks only its network, which is these DaemonSets' own work. */
const NO_NETWORK: ReadonlySet<string> = new Set(['cni-not-initialized']);

/** What runs on every node of one OS. */
export interface Daemons {
  /** DaemonSets that do the same thing; a node needs a ready pod of any of them. */
  workloads: readonly Workload[];
  nodes: readonly Node[];
  /** As a message names it: `the flannel agent`. */
  what: string;
  now: number;
  severity?: Severity;
}

/** Judges node by node whether a pod of the DaemonSets is ready there. Younger troubles than five minutes are suspected. */
export function* judgeDaemons(daemons: Daemons): Generator<Outcome> {
  const byNode = new Map<string, {pod: Pod; workload: Workload}[]>();
  for (const workload of daemons.workloads) {
    for (const pod of workload.pods) {
      if (pod.nodeName === undefined || isTerminating(pod)) continue;
      const known = byNode.get(pod.nodeName);
      if (known) known.push({pod, workload});
      else byNode.set(pod.nodeName, [{pod, workload}]);
    }
  }
  const [first] = daemons.workloads;
  for (const node of daemons.nodes) {
    const there = byNode.get(node.metadata.name) ?? [];
    const [sick] = there;
    if (there.some(({pod}) => isReady(pod))) yield pass(node);
    else if (sick) yield unready(node, sick, daemons);
    else if (first) yield absent(node, first, daemons);
  }
}

function unready(node: Node, {pod, workload}: {pod: Pod; workload: Workload}, daemons: Daemons): Fail {
  const conditions = pod.status.conditions ?? [];
  const at = conditions.findIndex(c => c.type === 'Ready');
  const since = conditions[at]?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  const waiting = statusesOf(pod).find(({status}) => status.state?.waiting?.reason);
  const reason = waiting?.status.state?.waiting?.reason;
  const evidence = [
    at < 0
      ? ref(pod, '/status/phase', pod.status.phase)
      : ref(pod, `/status/conditions/${at}/status`, conditions[at]?.status),
    ...(waiting ? [ref(pod, `${waiting.pointer}/state/waiting/reason`, reason)] : []),
  ];
  const began = millis(since);
  const state = reason === undefined ? `is ${pod.status.phase ?? 'of no known phase'}` : `waits in ${reason}`;
  const age = began === undefined ? '' : `, for ${duration(daemons.now - began)} now`;
  return failOf(node, {
    workload,
    daemons,
    since,
    evidence,
    cause: isDown(node) ? NODE_DOWN : 'not ready',
    message: `${capital(daemons.what)} is not ready on ${node.metadata.name}: pod ${pod.metadata.name} ${state}${age}`,
  });
}

function absent(node: Node, workload: Workload, daemons: Daemons): Fail {
  return failOf(node, {
    workload,
    daemons,
    since: node.metadata.creationTimestamp,
    evidence: [ref(node, '/metadata/name', node.metadata.name), ref(workload.owner, '/status', undefined)],
    cause: isDown(node) ? NODE_DOWN : 'no pod',
    message: `${capital(daemons.what)} has no pod on ${node.metadata.name}`,
  });
}

/** Whether the node is not ready for another reason than its missing network. */
function isDown(node: Node): boolean {
  const ready = node.status.conditions?.find(c => c.type === 'Ready');
  if (!ready || ready.status === 'True') return false;
  const {message = ''} = ready;
  return (
    !NO_NETWORK.has(classifyError(message)?.id ?? '') && !/network plugin|NetworkReady=false/i.test(message)
  );
}

interface Trouble {
  workload: Workload;
  daemons: Daemons;
  since: string | undefined;
  evidence: Fail['evidence'];
  cause: string;
  message: string;
}

function failOf(node: Node, {workload, daemons, since, evidence, cause, message}: Trouble): Fail {
  const began = millis(since);
  const age = began === undefined ? undefined : daemons.now - began;
  return {
    status: 'fail',
    subject: subjectOf(workload.owner),
    node: node.metadata.name,
    workload: idOf(workload.owner),
    ...(daemons.severity && {severity: daemons.severity}),
    cause,
    message,
    evidence,
    ...(since !== undefined && {since}),
    state: age !== undefined && age < SETTLE ? 'suspected' : 'confirmed',
  };
}

/** Starts a sentence; kube-proxy keeps its small letter. */
function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}
