import check from '../../../src/checks/sch/os-name-absent.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) =>
  healthy().changeSpec('Deployment', 'shop/web', spec => {
    delete spec.os;
    edit(spec);
  });
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a selector alone': () => [web(() => undefined), {severity: 'info', subjects, says: /spec\.os\.name/}],
    'a manifest that a RuntimeClass pins': () => [
      web(spec => {
        delete spec.nodeSelector;
        spec.runtimeClassName = 'windows-2022';
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
      {severity: 'info', subjects},
    ],
    'a pool label that only Windows nodes have': () => [
      web(spec => {
        spec.nodeSelector = {agentpool: 'win'};
      }).changeAll('Node', node => {
        if (node.metadata.name.startsWith('win')) node.metadata.labels.agentpool = 'win';
      }),
      {severity: 'info', subjects},
    ],
  },
  passes: {
    'it has the name': () => healthy(),
    'not pinned to Windows': () =>
      web(spec => {
        delete spec.nodeSelector;
      }),
  },
  unknown: {'workloads could not be read': () => [healthy().without('workloads'), 'workloads']},
});
