import check from '../../../src/checks/nod/node-not-ready.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {linuxNode} from '../../helpers/raw-nodes.ts';
const silent = {
  status: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
};

function ready(name: string, change: object) {
  return healthy().change('Node', name, n => {
    Object.assign(
      n.status.conditions.find((c: {type: string}) => c.type === 'Ready'),
      change,
    );
  });
}

checkCases({
  check,
  finds: {
    'a Windows node whose kubelet is silent': () => [
      ready('win-1', silent),
      {
        severity: 'error',
        subjects: ['Node//win-1'],
        cause: 'kubelet-silent',
        says: /win-1 is not Ready for 30 d/,
      },
    ],
    'a node without CNI configuration, by the error catalogue': () => [
      ready('win-2', {
        status: 'False',
        reason: 'KubeletNotReady',
        message:
          'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      }),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'cni-not-initialized'},
    ],
    'a message that nobody knows': () => [
      ready('win-2', {status: 'False', reason: 'Strange', message: 'very strange'}),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'other', says: /Strange, very strange/},
    ],
    'one Linux node of two as a warning': () => [
      ready('linux-0', silent).add(linuxNode('linux-1', 3)),
      {severity: 'warning', subjects: ['Node//linux-0'], cause: 'kubelet-silent'},
    ],
    'the last Linux node as an error': () => [
      ready('linux-0', silent),
      {severity: 'error', subjects: ['Node//linux-0'], cause: 'kubelet-silent'},
    ],
    'a node that registered five minutes ago as a warning': () => [
      ready('win-1', {status: 'False', reason: 'KubeletNotReady', message: 'PLEG is not healthy'}).change(
        'Node',
        'win-1',
        n => {
          n.metadata.creationTimestamp = ago(300);
        },
      ),
      {severity: 'warning', subjects: ['Node//win-1'], cause: 'pleg-unhealthy'},
    ],
  },
  passes: {
    'every node is Ready': () => healthy(),
    'a node that is being deleted is not judged': () =>
      ready('win-1', silent).change('Node', 'win-1', n => {
        n.metadata.deletionTimestamp = ago(5);
      }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'a node has no Ready condition yet': () => [
      healthy().change('Node', 'win-1', n => {
        n.status.conditions = [];
      }),
      'nodes',
    ],
  },
});
