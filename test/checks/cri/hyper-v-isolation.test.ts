import check from '../../../src/checks/cri/hyper-v-isolation.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const isolated = (handler: string) =>
  healthy()
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.runtimeClassName = 'windows-2022';
    })
    .change('RuntimeClass', 'windows-2022', r => {
      r.handler = handler;
    });
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a workload of a hypervisor class': () => [
      isolated('runhcs-wcow-hypervisor'),
      {severity: 'warning', subjects, cause: 'hypervisor-handler', says: /windows-2022/},
    ],
    'a handler of AKS, with its build': () => [
      isolated('runhcs-wcow-hypervisor-17763'),
      {severity: 'warning', subjects},
    ],
    'in manifests': () => [
      isolated('runhcs-wcow-hypervisor').snapshot('files'),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'process isolation': () => isolated('runhcs-wcow-process'),
    'a class that nobody uses': () =>
      healthy().change('RuntimeClass', 'windows-2022', r => {
        r.handler = 'runhcs-wcow-hypervisor';
      }),
  },
  unknown: {'workloads may not be listed': () => [healthy().without('workloads'), 'workloads']},
});
