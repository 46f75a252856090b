import check from '../../../src/checks/sch/no-memory-limit-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {type Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const unlimited = (spec: Json) => {
  delete spec.containers[0].resources.limits;
};
const limitRange = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: {name: 'memory', namespace: 'shop'},
  spec: {limits: [{type: 'Container', default: {memory: '1Gi'}}]},
};
const subjects = ['Deployment/shop/web'];

checkCases({
  check,
  finds: {
    'a request alone': () => [
      web(unlimited),
      {severity: 'warning', subjects, cause: 'container', says: /container "web"/},
    ],
    'a limit of cpu alone, in a manifest': () => [
      web(spec => {
        spec.containers[0].resources = {limits: {cpu: '1'}};
      })
        .removeAll('Pod')
        .removeAll('Node')
        .snapshot('files'),
      {severity: 'warning', subjects},
    ],
    'a sidecar that stays': () => [
      web(spec => {
        spec.initContainers = [{name: 'log', image: 'app', restartPolicy: 'Always'}];
      }),
      {severity: 'warning', subjects, says: /"log"/},
    ],
    'a HostProcess container': () => [
      healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', unlimited),
      {severity: 'info', subjects: ['DaemonSet/kube-system/kube-proxy-windows'], cause: 'host-process'},
    ],
    'a LimitRange that came after the pods': () => [
      web(unlimited).add(limitRange),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'all have limits': () => healthy(),
    'a LimitRange will give the first pods one': () => web(unlimited).removeAll('Pod').add(limitRange),
    'a LimitRange gave the live pods one, and the template has none': () =>
      healthy().change('Deployment', 'shop/web', d => unlimited(d.spec.template.spec)),
    'an init container that ends': () =>
      web(spec => {
        spec.initContainers = [{name: 'setup', image: 'app'}];
      }),
    'Linux kills what takes too much': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', unlimited),
  },
  unknown: {
    'workloads could not be read': () => [web(unlimited).without('workloads'), 'workloads'],
    'a LimitRange might give the first pods one': () => [
      web(unlimited).removeAll('Pod').without('limitRanges'),
      'limitRanges',
    ],
    'only some LimitRanges could be read': () => [
      web(unlimited).removeAll('Pod').partly('limitRanges'),
      'limitRanges',
    ],
  },
});
