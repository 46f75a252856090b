import {nodesOf, osOfNode} from '../../kube/os.ts';
import type {Condition, Node} from '../../kube/types.ts';
import {classifyError, errorById} from '../../data/errors.ts';
import {conditionsOf, isNodeReady} from '../../kube/node-conditions.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import type {Severity} from '../define.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {conditionRefs, lacks} from './shared/node-facts.ts';

/** A node may take this long from its registration to Ready: images are large and CNIs start late. */
const STARTING = 10 * MINUTE;

/** Reasons and texts of the Ready condition that no error of Windows explains, by the class of cause. */
const CLASSES: readonly {cause: string; says: string; match: RegExp; fix: string}[] = [
  {
    cause: 'kubelet-silent',
    says: 'the kubelet stopped reporting',
    match: /NodeStatusUnknown|stopped posting|NodeStatusNeverUpdated|never posted/,
    fix: 'See whether the machine runs and reaches the API server; on it: `Get-Service kubelet, containerd`.',
  },
  {
    cause: 'shutting-down',
    says: 'the system is shutting down',
    match: /node is shutting down/i,
    fix: 'Wait for its restart, or see who shut it down: System log, event 1074.',
  },
  {
    cause: 'network-not-ready',
    says: 'the pod network is not ready',
    match: /NetworkPluginNotReady|NetworkReady=false|network not ready/i,
    fix: 'Look at the CNI pod of that node: `kubectl get pods -A -o wide --field-selector spec.nodeName=NODE`.',
  },
  {
    cause: 'runtime-down',
    says: 'containerd does not answer the kubelet',
    match:
      /container runtime is down|runtime.{0,40}(?:not ready|check may not have completed)|RuntimeReady=false/i,
    fix: 'On the node: `Get-Service containerd`; where it runs, read its log.',
  },
  {
    cause: 'csi-not-ready',
    says: 'the CSINode is not initialised',
    match: /CSINode is not yet initialized/i,
    fix: 'Wait a minute; if it stays, see whether the kubelet may write csinodes: `kubectl get csinode NODE`.',
  },
];

export default defineCheck({
  id: 'NOD001',
  name: 'node-not-ready',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes are not Ready',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The condition Ready of every node. Its reason and message are classified: a silent kubelet, a network or runtime that is not ready, a slow PLEG. A Linux node is a warning, for the pods of Windows need others too, and an error where no Linux node is left. A node in its first 10 minutes is a warning.',
    why: 'Nothing new starts on the node, its pods leave their Services, and after five minutes they are evicted.',
    fix: [
      '`kubectl describe node NODE`',
      'Look at kubelet, containerd and the CNI on the node, in that order.',
    ],
    links: ['https://kubernetes.io/docs/concepts/architecture/nodes/#condition'],
  },
  *run({nodes, now}) {
    const linux = nodesOf('linux', nodes);
    const linuxGone = linux.length > 0 && !linux.some(isNodeReady);
    for (const node of nodes) {
      if (node.metadata.deletionTimestamp !== undefined) {
        yield skip('the node is being deleted');
        continue;
      }
      const ready = conditionsOf(node).find(c => c.condition.type === 'Ready');
      if (!ready) yield lacks(node, 'condition Ready');
      else if (ready.condition.status === 'True') yield pass(node);
      else {
        const {cause, says, fix} = classify(ready.condition);
        const since = millis(ready.condition.lastTransitionTime);
        const span = since === undefined ? '' : ` for ${duration(now - since)}`;
        yield fail(node, {
          severity: severityOf(node, now, linuxGone),
          cause,
          message: `Node ${node.metadata.name} is not Ready${span}: ${says}`,
          evidence: conditionRefs(node, ready),
          ...(fix && {fix: [`\`kubectl describe node ${node.metadata.name}\``, ...fix]}),
          ...(ready.condition.lastTransitionTime !== undefined && {
            since: ready.condition.lastTransitionTime,
          }),
        });
      }
    }
  },
  many: (fails, subjects) => {
    const cause = fails[0]?.cause ?? '';
    const says = errorById(cause)?.meaning ?? CLASSES.find(c => c.cause === cause)?.says;
    return says === undefined
      ? `${fails[0]?.message}; ${subjects} nodes are not Ready for reasons of their own`
      : `${subjects} nodes are not Ready: ${says}`;
  },
});

function severityOf(node: Node, now: number, linuxGone: boolean): Severity {
  const born = millis(node.metadata.creationTimestamp);
  if (born !== undefined && now - born < STARTING) return 'warning';
  if (osOfNode(node) === 'windows') return 'error';
  return linuxGone ? 'error' : 'warning';
}

function classify({reason = '', message = ''}: Condition): {
  cause: string;
  says: string;
  fix?: readonly string[];
} {
  const known = classifyError(message);
  if (known) return {cause: known.id, says: known.meaning, fix: known.remedy};
  const found = CLASSES.find(c => c.match.test(reason) || c.match.test(message));
  if (found) return {cause: found.cause, says: found.says, fix: [found.fix]};
  const said = [reason || 'no reason given', message].filter(text => text !== '').join(', ');
  return {cause: 'other', says: said.replace(/\.$/, '')};
}
