import check from '../../../src/checks/sch/mixed-builds-no-build-selector.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

/** win-2 is of another build, and `shop/web` does not say which it wants. */
function mixed(kernelVersion: string, edit: (spec: Json) => void = () => undefined) {
  return healthy()
    .change('Node', 'win-2', node => {
      node.status.nodeInfo.kernelVersion = kernelVersion;
    })
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.nodeSelector = {'kubernetes.io/os': 'windows'};
      edit(spec);
    })
    .changeAll('Pod', pod => {
      if (pod.metadata.name === 'web-1') pod.status.conditions = [];
    });
}
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'builds 2019 and 2022': () => [
      mixed('10.0.17763.8389'),
      {severity: 'warning', subjects, says: /17763, 20348/},
    ],
    'builds 2022 and 2025, and a tag that does not show its build': () => [
      mixed('10.0.26100.4652', spec => {
        spec.containers[0].image = 'registry.example/shop:7';
      }),
      {severity: 'warning', subjects, says: /20348, 26100/},
    ],
    'an image of 2025 on nodes of 2022 and 2025': () => [
      mixed('10.0.26100.4652', spec => {
        spec.containers[0].image = 'mcr.microsoft.com/windows/servercore:ltsc2025';
      }),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'one build only': () => healthy(),
    'Windows Server 2025 runs images of 2022': () => mixed('10.0.26100.4652'),
    'it selects its build': () =>
      mixed('10.0.17763.8389', spec => {
        spec.nodeSelector['node.kubernetes.io/windows-build'] = '10.0.20348';
      }).change('Node', 'win-2', node => {
        node.metadata.labels['node.kubernetes.io/windows-build'] = '10.0.17763';
      }),
    'its pods are ready on both': () =>
      mixed('10.0.17763.8389').change('Pod', 'shop/web-1', pod => {
        pod.status.conditions = [{type: 'Ready', status: 'True'}];
      }),
    'Hyper-V isolation runs every build': () =>
      mixed('10.0.17763.8389', spec => {
        spec.runtimeClassName = 'windows-2022';
      }).change('RuntimeClass', 'windows-2022', r => {
        r.handler = 'runhcs-wcow-hypervisor';
      }),
  },
  unknown: {
    'nodes may not be listed': () => [mixed('10.0.17763.8389').without('nodes'), 'nodes'],
    'the RuntimeClass of a template may select a build': () => [
      mixed('10.0.17763.8389', spec => (spec.runtimeClassName = 'windows-2022'))
        .removeAll('Pod')
        .without('runtimeClasses'),
      'runtimeClasses',
    ],
    'workloads could not be read': () => [mixed('10.0.17763.8389').without('workloads'), 'workloads'],
  },
});
