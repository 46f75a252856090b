import {classifyError} from '../../data/errors.ts';
import type {Condition} from '../../kube/types.ts';
import type {Node} from '../../kube/types.ts';
import {COLLECTION_FILE} from '../../node/agent.ts';
import type {CollectionGap} from '../../node/collection.ts';
import type {CriStatus} from '../../node/cri.ts';
import {runtimeCondition} from '../../node/cri.ts';
import {onNode, valueOn} from '../../node/on-node.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {notReady} from '../../kube/node-conditions.ts';
import {nodesOf} from '../../kube/os.ts';

/** What the kubelet writes into Ready where containerd does not answer, or answers that it is not ready. */
const WORDS = ['container runtime is down', 'container runtime not ready', 'RuntimeReady=false'];
const CLASSES: ReadonlySet<string> = new Set(['containerd-unreachable', 'runtime-connection-lost']);

export default defineCheck({
  id: 'CRI001',
  name: 'runtime-unreachable',
  severity: 'error',
  since: '0.1.0',
  title: 'containerd does not answer',
  evidence: ['N', 'A'],
  needs: ['nodes'],
  wants: ['node.cri.status', 'node.collection'],
  passNeeds: ['node.cri.status'],
  docs: {
    what: 'The Ready condition of each Windows node: `container runtime is down`, `container runtime not ready`, or a pipe of containerd that is not there. With the agent the pipe itself is asked.',
    why: 'The kubelet can neither start nor stop nor see containers; the node turns NotReady.',
    fix: [
      'On the node: `Get-Service containerd`; start it where it is stopped.',
      'Where it stops again, run `containerd config dump` and read its log; `panic.log` stands in its root.',
      'Where it runs and does not answer: drain and reboot the node.',
    ],
    links: ['https://github.com/containerd/containerd/issues/9437'],
  },
  *run({nodes, wants}) {
    for (const node of nodesOf('windows', nodes)) {
      const found = notReady(node);
      if (!found || !isDown(found.condition)) {
        const {name} = node.metadata;
        const gap = valueOn(wants['node.collection'], name)?.find(g => g.key === 'cri.status');
        yield byRuntime(node, onNode(wants['node.cri.status'], name), gap);
        continue;
      }
      const {message, lastTransitionTime} = found.condition;
      yield fail(node, {
        cause: 'no-answer',
        message: `containerd on ${node.metadata.name} does not answer its kubelet`,
        evidence: [ref(node, `${found.pointer}/message`, message)],
        ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
      });
    }
  },
});

/** What the runtime itself says, or that it does not say anything. */
function byRuntime(node: Node, status: Evidence<CriStatus>, gap: CollectionGap | undefined): Outcome {
  const {name} = node.metadata;
  const at = fileRefs(node);
  if (!status.ok) {
    // An agent that answered, and a pipe that did not: other reasons are no word of the runtime.
    if (!gap || !SILENT.test(status.detail)) return pass(node);
    return fail(node, {
      cause: 'no-answer',
      message: `containerd on ${name} does not answer the agent: ${status.detail}`,
      evidence: [at(COLLECTION_FILE, `/${gap.index}`, {key: gap.key, reason: status.reason})],
    });
  }
  const ready = runtimeCondition(status.value, 'RuntimeReady');
  if (!ready || ready.status) return pass(node);
  return fail(node, {
    cause: 'no-answer',
    message: `containerd on ${name} says that it is not ready: ${ready.message || ready.reason || 'no reason given'}`,
    evidence: [at('cri/status.json', `${ready.pointer}/status`, false)],
  });
}

/** What the agent says where the pipe is not there, or takes no connection, or no call is answered (`agent/cri/failure.ts`). */
const SILENT =
  /the runtime does not run|nothing listens|did not take the connection within|was not answered in time/;

function isDown({message = ''}: Condition): boolean {
  return WORDS.some(words => message.includes(words)) || CLASSES.has(classifyError(message)?.id ?? '');
}
