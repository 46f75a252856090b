import check from '../../../src/checks/sch/windows-workload-may-land-on-linux.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const unpinned = () =>
  web(spec => {
    delete spec.os;
    delete spec.nodeSelector;
  });
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a Windows image with a toleration alone': () => [
      unpinned(),
      {severity: 'warning', subjects, cause: 'unpinned', says: /1 Linux node/},
    ],
    'the same in a manifest': () => [
      unpinned().removeAll('Node').removeAll('Pod').snapshot('files'),
      {severity: 'warning', subjects, says: /nothing keeps its pods off Linux/},
    ],
    'an image of no telling name that is ready on Windows only': () => [
      web(spec => {
        delete spec.os;
        delete spec.nodeSelector;
        spec.containers[0].image = 'registry.example/shop:7';
      }).change('Node', 'win-1', node => {
        node.status.images.push({names: ['registry.example/shop:7']});
      }),
      {severity: 'warning', subjects},
    ],
    'a pod that sits on Linux': () => [
      unpinned().change('Pod', 'shop/web-0', pod => {
        pod.spec.nodeName = 'linux-0';
        pod.status.conditions = [{type: 'Ready', status: 'False'}];
      }),
      {severity: 'error', subjects, cause: 'landed', says: /web-0.*linux-0/},
    ],
  },
  passes: {
    'pinned by a selector': () => healthy(),
    'pinned by its RuntimeClass': () =>
      unpinned()
        .removeAll('Pod')
        .change('Deployment', 'shop/web', d => {
          d.spec.template.spec.runtimeClassName = 'windows-2022';
        }),
    'Linux nodes have a taint that it does not tolerate': () =>
      unpinned().change('Node', 'linux-0', node => {
        node.spec.taints = [{key: 'system', effect: 'NoSchedule'}];
      }),
    'a build selector alone, in a manifest': () =>
      web(spec => {
        spec.nodeSelector = {'node.kubernetes.io/windows-build': '10.0.20348'};
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
    'a manifest that names its node': () =>
      unpinned()
        .removeAll('Node')
        .removeAll('Pod')
        .change('Deployment', 'shop/web', d => {
          d.spec.template.spec.nodeName = 'win-1';
        })
        .snapshot('files'),
  },
  unknown: {
    'workloads could not be read': () => [unpinned().without('workloads'), 'workloads'],
    'a part of the nodes is missing': () => [healthy().partly('nodes'), 'nodes'],
    'nodes may not be listed': () => [unpinned().without('nodes'), 'nodes'],
    'the RuntimeClass of a template may select Windows': () => [
      healthy()
        .changeSpec('Deployment', 'shop/web', spec => {
          delete spec.nodeSelector;
          spec.runtimeClassName = 'windows-2022';
        })
        .removeAll('Pod')
        .without('runtimeClasses'),
      'runtimeClasses',
    ],
    'the Linux nodes may be among those that were not read': () => [
      unpinned().remove('Node', 'linux-0').partly('nodes'),
      'nodes',
    ],
  },
});
