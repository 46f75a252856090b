import {taintText, tolerates, tolerationYaml, untolerated} from '../../kube/taints.ts';
import type {Node, Taint, Toleration} from '../../kube/types.ts';
import {defineCheck, ref, specRef} from '../define.ts';
import type {Diagnosis, PendingPod} from './shared/pending.ts';
import {judgePending} from './shared/pending.ts';

const CORDON = 'node.kubernetes.io/unschedulable';

export default defineCheck({
  id: 'SCH003',
  name: 'taint-not-tolerated',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows pod waits because it tolerates no Windows node',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'namespaces', 'events'],
  docs: {
    what:
      'Windows pods that wait for a node although their selector and affinity match Windows nodes: every such node has a ' +
      'NoSchedule or NoExecute taint that the pod does not tolerate, or is cordoned. Taints of a passing state (not ' +
      'ready, under pressure) are not counted. It is information while an autoscaler has promised a node within the ' +
      'last 15 minutes, an error once it has refused, and without an autoscaler an error after 5 minutes.',
    why: 'The pod stays Pending for ever: a node selector says where it shall go, but only a toleration lets it in.',
    fix: [
      'Compare: `kubectl describe nodes -l kubernetes.io/os=windows | grep -A2 Taints`.',
      'Add the toleration to the pod template, for example `tolerations: [{key: os, operator: Equal, value: windows, effect: NoSchedule}]`; ' +
        'providers differ in the key: GKE has `node.kubernetes.io/os`.',
      'Or put it into the RuntimeClass that the Windows workloads share.',
      'A cordoned node takes pods again after `kubectl uncordon NODE`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations',
    ],
  },
  *run(input) {
    yield* judgePending(input, diagnose);
  },
});

function diagnose({view, terms, placement}: PendingPod): Diagnosis | undefined {
  const {matched, allowed} = placement;
  if (matched.windows.length === 0 || allowed.linux.length > 0) return undefined;
  const blocked = matched.windows.map(node => ({node, taint: against(node, terms.tolerations)}));
  const [first] = blocked;
  if (!first?.taint || blocked.some(b => !b.taint)) return undefined;
  // A lasting taint is for the pod to tolerate; a cordon is for the administrator to lift.
  const {node, taint} = blocked.find(b => b.taint?.key !== CORDON) ?? first;
  if (!taint) return undefined;
  const index = node.spec.taints?.indexOf(taint) ?? 0;
  const nodes =
    blocked.length === 1 ? `Windows node ${node.metadata.name}` : `${blocked.length} Windows nodes`;
  const cordoned = taint.key === CORDON;
  return {
    cause: taint.key,
    message: cordoned
      ? `its terms match ${nodes}, all of them cordoned`
      : `its terms match ${nodes}, and it does not tolerate taint \`${taintText(taint)}\``,
    evidence: [
      index >= 0 ? ref(node, `/spec/taints/${index}`, taint) : ref(node, '/spec/unschedulable', true),
      specRef(view, '/tolerations', view.spec.tolerations ?? []),
    ],
    fix: cordoned
      ? [`See why it was cordoned, then \`kubectl uncordon ${node.metadata.name}\`.`]
      : [
          `Add to the pod template: \`${tolerationYaml(taint)}\`.`,
          `See all taints of the Windows nodes: \`kubectl describe nodes -l kubernetes.io/os=windows\`.`,
        ],
  };
}

/** What keeps pods off a node: a lasting taint first, then a cordon. */
function against(node: Node, tolerations: Toleration[]): Taint | undefined {
  const lasting = untolerated(node.spec.taints, tolerations);
  if (lasting) return lasting;
  const cordon = node.spec.taints?.find(t => t.key === CORDON) ?? {key: CORDON, effect: 'NoSchedule'};
  return node.spec.unschedulable && !tolerations.some(t => tolerates(t, cordon)) ? cordon : undefined;
}
