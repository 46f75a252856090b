import check from '../../../src/checks/sch/windows-nodes-untainted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const tainted = (taints: object[]) =>
  healthy().change('Node', 'win-1', node => {
    node.spec.taints = taints;
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'no taint': () => [tainted([]), {severity: 'info', subjects, says: /win-1/}],
    'a taint that only prefers': () => [
      tainted([{key: 'os', value: 'windows', effect: 'PreferNoSchedule'}]),
      {severity: 'info', subjects},
    ],
    'a cordon passes': () => [
      tainted([{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}]),
      {severity: 'info', subjects},
    ],
  },
  passes: {
    'the conventional taint': () => healthy(),
    "GKE's taint": () => tainted([{key: 'node.kubernetes.io/os', value: 'windows', effect: 'NoSchedule'}]),
    'a cluster of Windows nodes only': () => tainted([]).remove('Node', 'linux-0'),
  },
  unknown: {'nodes may not be listed': () => [healthy().without('nodes'), 'nodes']},
});
