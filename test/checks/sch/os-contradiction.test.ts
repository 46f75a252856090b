import check from '../../../src/checks/sch/os-contradiction.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];
const required = (operator: string, values: string[]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/os', operator, values}]}],
    },
  },
});

checkCases({
  check,
  finds: {
    'spec.os and the selector': () => [
      web(spec => {
        spec.nodeSelector = {'kubernetes.io/os': 'linux'};
      }),
      {severity: 'error', subjects, cause: 'spec.os against selector', says: /says windows.*says linux/},
    ],
    'spec.os linux and a Windows build, in a manifest': () => [
      web(spec => {
        spec.os.name = 'linux';
        spec.nodeSelector = {'node.kubernetes.io/windows-build': '10.0.20348'};
      }).snapshot('files'),
      {severity: 'error', subjects},
    ],
    'the selector and the affinity': () => [
      web(spec => {
        spec.affinity = required('In', ['linux']);
      }),
      {severity: 'error', subjects, cause: 'spec.os against affinity'},
    ],
    'the selector and the RuntimeClass': () => [
      web(spec => {
        spec.os = {name: 'linux'};
        delete spec.nodeSelector;
        spec.runtimeClassName = 'windows-2022';
      }),
      {severity: 'error', subjects, cause: 'spec.os against RuntimeClass', says: /RuntimeClass windows-2022/},
    ],
    'the annotation of the namespace': () => [
      healthy()
        .removeAll('Pod')
        .change('Namespace', 'shop', n => {
          n.metadata.annotations = {'scheduler.alpha.kubernetes.io/node-selector': 'kubernetes.io/os=linux'};
        }),
      {severity: 'error', subjects, cause: 'spec.os against namespace'},
    ],
  },
  passes: {
    'all say the same': () => healthy(),
    'live pods prove that nothing heeds the annotation of their namespace': () =>
      healthy().change('Namespace', 'shop', n => {
        n.metadata.annotations = {'scheduler.alpha.kubernetes.io/node-selector': 'kubernetes.io/os=linux'};
      }),
    'an affinity that says the same in other words': () =>
      web(spec => {
        spec.affinity = required('NotIn', ['linux']);
      }),
    'an affinity that leaves both': () =>
      web(spec => {
        spec.affinity = required('In', ['linux', 'windows']);
      }),
  },
  unknown: {'workloads could not be read': () => [healthy().without('workloads'), 'workloads']},
});
