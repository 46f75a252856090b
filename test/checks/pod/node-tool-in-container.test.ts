import check from '../../../src/checks/pod/node-tool-in-container.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const tool = (image: string, edit: (spec: Json) => void = () => undefined) =>
  healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
    spec.securityContext = {};
    delete spec.hostNetwork;
    spec.containers[0].image = image;
    edit(spec);
  });
const subjects = ['DaemonSet/kube-system/kube-proxy-windows'];

checkCases({
  check,
  finds: {
    'windows_exporter in an ordinary container': () => [
      tool('ghcr.io/prometheus-community/windows-exporter:latest'),
      {severity: 'warning', subjects, says: /windows-exporter/},
    ],
    'a CSI driver without its pipes, in a manifest': () => [
      tool('mcr.microsoft.com/oss/v2/kubernetes-csi/azuredisk-csi:v1.33.5').snapshot('files'),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'HostProcess pods': () => healthy(),
    'a CSI driver with the pipes of csi-proxy': () =>
      tool('registry.k8s.io/sig-storage/smb-csi:v1.18.0', spec => {
        spec.volumes = [{name: 'smb', hostPath: {path: '\\\\.\\pipe\\csi-proxy-smb-v1', type: ''}}];
      }),
    'an ordinary program': () => tool('registry.example/log-shipper:1'),
    'a Deployment of such an image': () =>
      healthy().changeSpec('Deployment', 'shop/web', spec => {
        spec.containers[0].image = 'ghcr.io/prometheus-community/windows-exporter:0.31.3-ltsc2022';
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
