import check from '../../../src/checks/cni/exceptions-incomplete.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {calicoConfig, calicoDaemon} from '../../helpers/calico.ts';

/** The CNI configuration of `win-1` excepts these networks from outbound NAT. */
const excepting = (type: string, ...networks: string[]): TestCluster =>
  healthyWithAgents().onNode('win-1', n =>
    n.set('cni/10-flannel.conflist', {
      cniVersion: '1.0.0',
      name: 'flannel.4096',
      plugins: [
        {
          type,
          delegate: {
            type: 'sdnoverlay',
            AdditionalArgs: [
              {
                Name: 'EndpointPolicy',
                Value: {Type: 'OutBoundNAT', Settings: {Exceptions: networks}},
              },
            ],
          },
        },
      ],
    }),
  );

checkCases({
  check,
  finds: {
    'a configuration on a node that leaves Services out': () => [
      excepting('flannel', '10.244.0.0/16'),
      {
        severity: 'warning',
        subjects: ['Node//win-1'],
        cause: 'service network not excepted',
        says: /excepts 10\.244\.0\.0\/16 from outbound NAT, and not the address of 2 Services/,
      },
    ],
    'a configuration that leaves the pods of its node out': () => [
      excepting('sdnoverlay', '10.96.0.0/12'),
      {
        subjects: ['Node//win-1'],
        cause: 'pod network not excepted',
        says: /1 pod of the node, as shop\/web-0/,
      },
    ],
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
    'nodes whose configuration lists none': () => healthyWithAgents(),
    'a configuration that has both networks': () => excepting('sdnoverlay', '10.96.0.0/12', '10.0.0.0/8'),
    'flannel, which adds the pods itself': () => excepting('flannel', '10.96.0.0/12'),
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
