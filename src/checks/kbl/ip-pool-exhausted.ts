import {classifyError, isNoise} from '../../data/errors.ts';
import {indexEvents} from '../../kube/events.ts';
import {hasPodNetwork, isTerminating, isWell, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {idOf} from '../../kube/workloads.ts';
import type {Fail} from '../define.ts';
import {defineCheck, subjectOf} from '../define.ts';
import {PodLogs} from '../pod-logs.ts';
import {eventSymptoms} from '../symptoms.ts';
import type {Symptom} from '../symptoms.ts';
import {quote} from './shared/failures.ts';

const CLASS = 'ip-pool-exhausted';
const REASONS: ReadonlySet<string> = new Set(['FailedCreatePodSandBox']);

export default defineCheck({
  id: 'KBL008',
  name: 'ip-pool-exhausted',
  severity: 'error',
  since: '0.1.0',
  title: 'Windows nodes have no address left for pods',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses', 'node.logs'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Reads FailedCreatePodSandBox events of the last hour of Windows pods that are not running, and what the logs of kubelet and containerd on their nodes say of them, and fails where they say that the address pool of the node or subnet is empty (the texts of host-local, Azure CNI, Calico and the VPC CNI are known).',
    why: 'No new pod starts on the node. Either it has more pods than addresses, or addresses of dead pods were never given back, which on Windows happens when HNS endpoints leak.',
    fix: [
      'Count the pods of the node: `kubectl get pods -A --field-selector spec.nodeName=NODE`, against the size of `spec.podCIDR`, of the subnet or of the pool.',
      'Compare with the endpoints of the node: `hnsdiag list endpoints` on it; those without a pod hold addresses.',
      'Lower `maxPods`, or enlarge the subnet or pool.',
      'Drain and reboot the node where endpoints leak.',
    ],
    links: ['https://github.com/Azure/AKS/issues/2532', 'https://github.com/antrea-io/antrea/issues/2301'],
  },
  *run({workloads, events, wants, now}) {
    const index = indexEvents(events);
    const logs = new PodLogs(wants['node.logs'], now);
    const seen = new Map<string, Fail>();
    const judged = new Map<string, PlacedPod['workload']>();
    for (const placed of windowsPods(workloads, wants)) {
      const {pod, workload} = placed;
      if (!hasPodNetwork(pod)) continue;
      const id = idOf(workload.owner);
      judged.set(id, workload);
      if (isWell(pod) || isTerminating(pod)) continue;
      const key = `${id}\0${pod.nodeName ?? ''}`;
      const symptoms = [
        ...eventSymptoms(index, pod, {reasons: REASONS, now}),
        ...logs.of(pod, 'sandbox-failed'),
      ];
      const latest = symptoms.find(s => !isEcho(s.text));
      if (latest && classifyError(latest.text)?.id === CLASS && !seen.has(key))
        seen.set(key, failOf(placed, latest));
    }
    const failing = new Set([...seen.values()].map(f => f.workload));
    for (const [id, workload] of judged) if (!failing.has(id)) yield logs.passOf(workload);
    yield* seen.values();
  },
});

/** Whether a text says nothing of its own: noise, or the echo of an earlier error. */
function isEcho(text: string): boolean {
  return classifyError(text)?.fallout === true || isNoise(text);
}

/** The pool belongs to the node, so the node is the subject; the workload joins what follows from it. */
function failOf({pod, workload}: PlacedPod, {text, ref: evidence, since}: Symptom): Fail {
  const {nodeName} = pod;
  return {
    status: 'fail',
    subject: nodeName === undefined ? subjectOf(workload.owner) : {kind: 'Node', name: nodeName},
    ...(nodeName !== undefined && {node: nodeName}),
    workload: idOf(workload.owner),
    cause: CLASS,
    message: `${nodeName === undefined ? 'The cluster' : `Node ${nodeName}`} has no address left for pods: "${quote(text)}"`,
    evidence: [evidence],
    ...(since !== undefined && {since}),
  };
}
