import check from '../../../src/checks/sch/blanket-toleration-without-os.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const dns = (edit: (spec: Json) => void) =>
  healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
    delete spec.nodeSelector;
    spec.tolerations = [{operator: 'Exists'}];
    edit(spec);
  });
const subjects = ['Deployment/kube-system/coredns'];

checkCases({
  check,
  finds: {
    'everything is tolerated, and nothing selected': () => [
      dns(() => undefined),
      {severity: 'warning', subjects, says: /tolerates every taint/},
    ],
    'NoSchedule only, in a manifest': () => [
      dns(spec => {
        spec.tolerations[0].effect = 'NoSchedule';
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'HostProcess agents select Windows': () => healthy(),
    'a selector beside it': () =>
      dns(spec => {
        spec.nodeSelector = {'kubernetes.io/os': 'linux'};
      }),
    'NoExecute only does not pass a NoSchedule taint': () =>
      dns(spec => {
        spec.tolerations[0].effect = 'NoExecute';
      }),
    'Exists for one key': () =>
      dns(spec => {
        spec.tolerations[0].key = 'CriticalAddonsOnly';
      }),
    'a cluster without Windows nodes': () =>
      dns(() => undefined)
        .remove('Node', 'win-1')
        .remove('Node', 'win-2'),
  },
  unknown: {
    'workloads could not be read': () => [dns(() => undefined).without('workloads'), 'workloads'],
    'a part of the nodes is missing': () => [healthy().partly('nodes'), 'nodes'],
    'nodes may not be listed': () => [dns(() => undefined).without('nodes'), 'nodes'],
  },
});
