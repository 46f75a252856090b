import check from '../../../src/checks/cri/sandbox-stuck.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {sandbox} from '../../helpers/healthy-runtime.ts';
import {ago} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';

const nanoseconds = (seconds: number): string => `${Date.parse(ago(seconds))}000000`;

/** win-1 with one more sandbox. */
function more(change: (sandbox: Json) => void): ReturnType<typeof healthy> {
  const extra = sandbox('shop', 'web-9');
  change(extra);
  return healthyWithAgents().onNode('win-1', n => n.change('cri/sandboxes.json', s => s.items.push(extra)));
}

/** The UID that the API has for the pod that sits on win-1. */
const uid = healthy().get('Pod', 'shop/web-0').metadata['uid'];

checkCases({
  check,
  finds: {
    'a sandbox that is not ready and whose pod is gone': () => [
      more(s => (s.state = 'SANDBOX_NOTREADY')),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'its pod is gone',
        says: /shop\/web-9 that is 5 d old, not ready/,
      },
    ],
    'a ready one whose pod is gone': () => [
      more(() => undefined),
      {subjects: ['Node//win-1'], cause: 'its pod is gone'},
    ],
    'one that is not the newest of its pod': () => [
      more(s => {
        s.metadata.uid = uid;
        s.state = 'SANDBOX_NOTREADY';
        s.createdAt = nanoseconds(6 * 86_400);
      }),
      {subjects: ['Node//win-1'], cause: 'its pod has a newer one'},
    ],
  },
  passes: {
    'sandboxes of pods that are there': () => healthyWithAgents(),
    'the newest sandbox of a pod that ended, which the kubelet keeps': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.change('cri/sandboxes.json', s => (s.items[0].state = 'SANDBOX_NOTREADY')),
      ),
    'one of less than 10 minutes': () => more(s => (s.createdAt = nanoseconds(590))),
    'the mirror of a static pod, which has another UID': () =>
      more(s => (s.metadata.name = 'web-0')).change('Pod', 'shop/web-0', p => {
        p.metadata.annotations = {'kubernetes.io/config.mirror': 'abc'};
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cri.sandboxes'],
    'not all pods were read': () => [healthyWithAgents().partly('pods'), 'pods'],
    'containerd did not answer': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cri/sandboxes.json', 'timeout')),
      'node.cri.sandboxes',
    ],
  },
});
