import {classifyError} from '../../data/errors.ts';
import type {Condition} from '../../kube/types.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
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
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const found = notReady(node);
      if (!found || !isDown(found.condition)) {
        yield pass(node);
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

function isDown({message = ''}: Condition): boolean {
  return WORDS.some(words => message.includes(words)) || CLASSES.has(classifyError(message)?.id ?? '');
}
