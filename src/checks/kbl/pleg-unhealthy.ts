import {classifyError} from '../../data/errors.ts';
import {nodesOf} from '../../kube/os.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
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
  passNeeds: ['node.logs'],
  docs: {
    what: 'Reads the condition Ready of Windows nodes and fails where its message says that the pod lifecycle event generator (PLEG) of the kubelet is not healthy: it has not listed all containers for three minutes.',
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
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const conditions = node.status.conditions ?? [];
      const at = conditions.findIndex(c => c.type === 'Ready' && c.status !== 'True');
      const condition = conditions[at];
      const message = condition?.message ?? '';
      if (!condition || classifyError(message)?.id !== CLASS) {
        yield pass(node);
        continue;
      }
      const {lastTransitionTime} = condition;
      yield fail(node, {
        cause: CLASS,
        message: `Node ${node.metadata.name} is not ready: "${quote(message)}"`,
        evidence: [ref(node, `/status/conditions/${at}/message`, quote(message))],
        ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
      });
    }
  },
});
