import check from '../../../src/checks/cni/api-server-by-cluster-name.ts';
import {calicoConfig, calicoDaemon} from '../../helpers/calico.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {TestCluster} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const HOST = 'KUBERNETES_SERVICE_HOST';
const MAP = 'ConfigMap/calico-system/calico-windows-config';
const DAEMON = 'DaemonSet/calico-system/calico-node-windows';

const config = (host: string, name?: string): TestCluster =>
  healthy().add(calicoConfig({[HOST]: host}, name));

checkCases({
  check,
  finds: {
    'the Service name in the ConfigMap': () => [
      config('kubernetes.default.svc'),
      {
        severity: 'error',
        subjects: [MAP],
        cause: 'cluster name in ConfigMap',
        says: /kubernetes\.default\.svc/,
      },
    ],
    'the whole name, in capitals, with a dot at its end': () => [
      config('Kubernetes.Default.Svc.Cluster.Local.'),
      {subjects: [MAP]},
    ],
    'the ConfigMap of the operator': () => [
      config('kubernetes.default.svc.corp.test', 'kubernetes-services-endpoint'),
      {subjects: ['ConfigMap/calico-system/kubernetes-services-endpoint']},
    ],
    'a HostProcess container': () => [
      healthy().add(...calicoDaemon([{name: HOST, value: 'kubernetes.default'}])),
      {severity: 'error', subjects: [DAEMON], cause: 'cluster name in HostProcess container'},
    ],
    'a manifest alone': () => [
      new TestCluster([calicoConfig({[HOST]: 'kubernetes.default.svc'})]).with('workloads', []),
      {subjects: [MAP]},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'an address': () => config('10.96.0.1'),
    'a name outside the cluster': () => config('api.svc.example.test'),
    'a name with the word in it': () => config('api.prod.svc.example.test'),
    'another ConfigMap': () => config('kubernetes.default.svc', 'calico-config'),
    'a container in the pod network, which has the DNS of the cluster': () =>
      healthy().changeSpec('Deployment', 'shop/web', (spec: Json) => {
        spec.containers[0].env = [{name: HOST, value: 'kubernetes.default.svc'}];
      }),
  },
  unknown: {
    'ConfigMaps may not be read': () => [healthy().without('configMaps'), 'configMaps'],
    'workloads may not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
