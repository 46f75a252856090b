import {classifyError} from '../../data/errors.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import type {NodeLogs} from '../../node/logs.ts';
import {logGap} from '../../node/logs.ts';
import {valueOn} from '../../node/on-node.ts';
import {MINUTE} from '../../snapshot/time.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {KUBELET_LOGS, isRecentLine} from '../pod-logs.ts';
import {quote} from './shared/failures.ts';

const CLASS = 'pleg-unhealthy';

export default defineCheck({
  id: 'KBL005',
  name: 'pleg-unhealthy',
  severity: 'error',
  since: '0.1.0',
  title: 'The kubelet of a Windows node cannot list its containers in time',
  evidence: ['A', 'N'],
  needs: ['nodes'],
  wants: ['node.logs'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Reads the condition Ready of Windows nodes and fails where its message says that the pod lifecycle event generator (PLEG) of the kubelet is not healthy: it has not listed all containers for three minutes. The log of the kubelet tells it, too; where it is over by now, it is a warning.',
    why: 'The node goes NotReady, its pods are evicted after five minutes, and no new pod starts, although nothing is wrong with the machine: containerd answers too slowly.',
    fix: [
      'Look at CPU of the node and at the number of its pods: `kubectl top node NODE`.',
      'Move pods off the node, and give pods CPU limits well above 10m.',
      'Reserve CPU for the node by `systemReserved` and `kubeReserved`.',
      'Restart containerd, or drain and reboot the node.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/110143',
      'https://github.com/Azure/AKS/issues/2042',
    ],
  },
  *run({nodes, wants, now}) {
    for (const node of nodesOf('windows', nodes)) {
      const logs = valueOn(wants['node.logs'], node.metadata.name);
      yield byCondition(node) ?? (logs ? byLog(node, logs, now) : pass(node));
    }
  },
});

function byCondition(node: Node): Outcome | undefined {
  const conditions = node.status.conditions ?? [];
  const at = conditions.findIndex(c => c.type === 'Ready' && c.status !== 'True');
  const condition = conditions[at];
  const message = condition?.message ?? '';
  if (!condition || classifyError(message)?.id !== CLASS) return undefined;
  const {lastTransitionTime} = condition;
  return fail(node, {
    cause: CLASS,
    message: `Node ${node.metadata.name} is not ready: "${quote(message)}"`,
    evidence: [ref(node, `/status/conditions/${at}/message`, quote(message))],
    ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
  });
}

/** The kubelet skips a round every few seconds while it lasts (`pkg/kubelet/kubelet.go`: backoff of at most 5 s). */
const STILL = 5 * MINUTE;

/** The condition tells only of now, and of what lasted long enough to be reported. */
function byLog(node: Node, logs: NodeLogs, now: number): Outcome {
  const line = logs.lines.findLast(l => l.sign === CLASS && isRecentLine(l, now));
  if (!line) {
    const gap = logGap(logs, KUBELET_LOGS);
    return gap ? unknown(node, 'node.logs', gap) : pass(node);
  }
  const lasts = isRecentLine(line, now, STILL);
  return fail(node, {
    severity: lasts ? 'error' : 'warning',
    cause: CLASS,
    message: `The kubelet of ${node.metadata.name} ${lasts ? 'skips' : 'within the last hour skipped'} work: "${quote(line.text.slice(line.text.indexOf(']') + 1))}"`,
    evidence: [fileRefs(node)(line.file, `/${line.line}`, line.text)],
  });
}
