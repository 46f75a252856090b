import check from '../../../src/checks/sch/os-intent-without-selector.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
/** No selector, and an image of no telling name. */
const unpinned = (edit: (spec: Json) => void) =>
  web(spec => {
    delete spec.nodeSelector;
    delete spec.os;
    delete spec.tolerations;
    spec.containers[0].image = 'registry.example/shop:7';
    edit(spec);
  });
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'spec.os alone': () => [
      unpinned(spec => {
        spec.os = {name: 'windows'};
      }),
      {severity: 'warning', subjects, cause: 'windows-unpinned', says: /`spec.os.name`/},
    ],
    'Windows options alone, in a manifest': () => [
      unpinned(spec => {
        spec.containers[0].securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}};
      })
        .removeAll('Node')
        .removeAll('Pod')
        .snapshot('files'),
      {severity: 'warning', subjects, says: /windowsOptions/},
    ],
    'a toleration alone': () => [
      unpinned(spec => {
        spec.tolerations = [{key: 'os', value: 'windows', effect: 'NoSchedule'}];
      }),
      {severity: 'warning', subjects, says: /toleration/},
    ],
    'a kubelet refused a pod of it': () => [
      healthy().change('Pod', 'shop/web-0', pod => {
        pod.spec.nodeName = 'linux-0';
        pod.status = {phase: 'Failed', reason: 'PodOSNotSupported', message: 'Failed to admit pod'};
      }),
      {severity: 'error', subjects, cause: 'refused', says: /linux-0.*web-0/},
    ],
    'spec.os linux where no taint keeps it off Windows': () => [
      healthy()
        .changeSpec('Deployment', 'kube-system/coredns', spec => {
          delete spec.nodeSelector;
          spec.os = {name: 'linux'};
        })
        .changeAll('Node', node => {
          node.spec.taints = [];
        }),
      {severity: 'warning', subjects: ['Deployment/kube-system/coredns'], cause: 'linux-unpinned'},
    ],
  },
  passes: {
    'intent and selector': () => healthy(),
    'spec.os linux, and the taint of the Windows nodes holds': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        delete spec.nodeSelector;
        spec.os = {name: 'linux'};
      }),
    'pinned by a RuntimeClass': () =>
      unpinned(spec => {
        spec.os = {name: 'windows'};
        spec.runtimeClassName = 'windows-2022';
      }).removeAll('Pod'),
    'a Linux agent that tolerates the taint on purpose': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.tolerations = [{key: 'os', value: 'windows', effect: 'NoSchedule'}];
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
    'a part of the nodes is missing': () => [healthy().partly('nodes'), 'nodes'],
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the RuntimeClass of a template may pin it': () => [
      web(spec => {
        delete spec.nodeSelector;
        spec.runtimeClassName = 'windows-2022';
      })
        .removeAll('Pod')
        .partly('runtimeClasses')
        .remove('RuntimeClass', 'windows-2022'),
      'runtimeClasses',
    ],
  },
});
