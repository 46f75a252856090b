import type {Condition} from '../../kube/types.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {conditionRefs} from './shared/node-facts.ts';
import {conditionsOf} from '../../kube/node-conditions.ts';
import {nodesOf} from '../../kube/os.ts';

/**
 * Condition types of node problem detectors that are bad when True: upstream's
 * (https://github.com/kubernetes/node-problem-detector/tree/master/config) and those of AKS
 * (https://learn.microsoft.com/azure/aks/node-problem-detector).
 */
const PROBLEMS: ReadonlySet<string> = new Set([
  'ContainerRuntimeProblem',
  'ContainerRuntimeUnhealthy',
  'CorruptDockerOverlay2',
  'DNSProblem',
  'FilesystemCorruptionProblem',
  'FrequentContainerdRestart',
  'FrequentDockerRestart',
  'FrequentKubeletRestart',
  'FrequentUnregisterNetDevice',
  'KernelDeadlock',
  'KubeProxyProblem',
  'KubeProxyUnhealthy',
  'KubeletProblem',
  'KubeletUnhealthy',
  'NTPProblem',
  'ReadonlyFilesystem',
]);

/** `ContainerRuntimeReady`, `NetworkingReady`, `StorageReady`: bad when False. `Ready` alone is the node's own. */
const READY = /^[A-Za-z]+Ready$/;

export default defineCheck({
  id: 'NOD020',
  name: 'problem-condition',
  severity: 'warning',
  since: '0.1.0',
  title: 'A problem detector reports Windows nodes',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Conditions of Windows nodes that node problem detectors set: one of their problem types that is True, or one named `…Ready` that is False (EKS node monitoring). Types that are not known are never judged.',
    why: 'Somebody installed a detector to learn of this, and nothing else shows it.',
    fix: [
      '`kubectl describe node NODE`: the message of the condition.',
      'Read the log of the component that it names, on the node.',
    ],
    links: ['https://github.com/kubernetes/node-problem-detector#windows'],
  },
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      let isWell = true;
      for (const found of conditionsOf(node)) {
        if (!isProblem(found.condition)) continue;
        isWell = false;
        const {type, status, reason, message, lastTransitionTime} = found.condition;
        yield fail(node, {
          cause: type,
          message: `Node ${node.metadata.name} has the condition ${type} ${status}: ${(message || reason || 'no reason given').replace(/\.$/, '')}`,
          evidence: conditionRefs(node, found),
          ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
        });
      }
      if (isWell) yield pass(node);
    }
  },
});

function isProblem({type, status}: Condition): boolean {
  if (status === 'True') return PROBLEMS.has(type);
  return status === 'False' && type !== 'Ready' && READY.test(type);
}
