import check from '../../../src/checks/cni/exceptions-incomplete.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {calicoConfig, calicoDaemon} from '../../helpers/calico.ts';

checkCases({
  check,
  finds: {
    'a Service network that holds no Service': () => [
      healthy().add(calicoConfig({K8S_SERVICE_CIDR: '10.100.0.0/16'})),
      {
        severity: 'warning',
        subjects: ['ConfigMap/calico-system/calico-windows-config'],
        cause: 'service network not excepted',
        says: /10\.100\.0\.0\/16, but 2 Services have their address outside it, as kube-system\/kube-dns with 10\.96\.0\.10/,
      },
    ],
    'a network that ends just before the address': () => [
      healthy().add(calicoConfig({K8S_SERVICE_CIDR: '10.96.0.0/29'})),
      {subjects: ['ConfigMap/calico-system/calico-windows-config']},
    ],
    'the same in the environment of the DaemonSet': () => [
      healthy().add(...calicoDaemon([{name: 'K8S_SERVICE_CIDR', value: '172.20.0.0/16'}])),
      {subjects: ['DaemonSet/calico-system/calico-node-windows']},
    ],
    'a value that is no network': () => [
      healthy().add(calicoConfig({K8S_SERVICE_CIDR: '<your service cidr>'})),
      {subjects: ['ConfigMap/calico-system/calico-windows-config']},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a network that holds every Service': () =>
      healthy().add(calicoConfig({K8S_SERVICE_CIDR: '10.96.0.0/12'})),
    'two networks that hold them together': () =>
      healthy().add(calicoConfig({K8S_SERVICE_CIDR: '10.96.0.0/24, 10.96.30.0/24'})),
    'headless Services have no address': () =>
      healthy()
        .add(calicoConfig({K8S_SERVICE_CIDR: '10.96.0.0/24'}))
        .change('Service', 'shop/web', s => {
          s.spec.clusterIP = 'None';
        }),
  },
  unknown: {
    'ConfigMaps may not be read': () => [healthy().without('configMaps'), 'configMaps'],
    'the CNI conf of the nodes was not read': () => [healthy(), 'node.cni'],
  },
});
