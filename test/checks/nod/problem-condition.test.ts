import check from '../../../src/checks/nod/problem-condition.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {condition} from '../../helpers/raw-nodes.ts';
const adds = (type: string, status: string, node = 'win-1') =>
  healthy().change('Node', node, n => {
    n.status.conditions.push(condition(type, status, 'Seen', 'containerd restarted 9 times'));
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'a problem of the detector is True': () => [
      adds('ContainerRuntimeUnhealthy', 'True'),
      {severity: 'warning', subjects, cause: 'ContainerRuntimeUnhealthy', says: /restarted 9 times/},
    ],
    'a readiness of the EKS monitor is False': () => [
      adds('ContainerRuntimeReady', 'False'),
      {severity: 'warning', subjects, cause: 'ContainerRuntimeReady'},
    ],
  },
  passes: {
    'only conditions of the kubelet': () => healthy(),
    'a problem that is False': () => adds('KubeletUnhealthy', 'False'),
    'a type that nobody knows is never judged': () => adds('CompanyThing', 'True'),
    'AKS tells of planned events, which are no problem': () => adds('VMEventScheduled', 'True'),
    'Ready False is NOD001’s': () =>
      healthy().change('Node', 'win-1', n => {
        n.status.conditions.find((c: {type: string}) => c.type === 'Ready').status = 'False';
      }),
    'a Linux node': () => adds('KernelDeadlock', 'True', 'linux-0'),
  },
  unknown: {'nodes may not be listed': () => [healthy().without('nodes'), 'nodes']},
});
