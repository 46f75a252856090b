import check from '../../../src/checks/adv/known-bad-component.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const proxy = (tag: string, kernelVersion = '10.0.20348.5499') =>
  healthy()
    .changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
      spec.containers[0].image = `sigwindowstools/kube-proxy:${tag}-calico-hostprocess`;
    })
    .changeAll('Node', n => {
      if (n.metadata.name !== 'linux-0') n.status.nodeInfo.kernelVersion = kernelVersion;
    });
const logMonitor = (version: string | null) =>
  healthyWithAgents().onNode('win-1', n =>
    n.change('logmonitor/shop_web-0_iis.json', state => (state.version = version)),
  );
/** A pod on each Windows node starts with this image. */
const onEveryNode = (image: string) =>
  healthyWithAgents().changeSpec('DaemonSet', 'kube-flannel/kube-flannel-ds-windows-amd64', spec => {
    spec.initContainers = [{name: 'install', image}];
  });
const both = ['Node//win-1', 'Node//win-2'];

checkCases({
  check,
  finds: {
    'a containerd that answers with another version than the Node has': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('cri/version.json', v => (v.runtimeVersion = 'v1.7.15')),
      ),
      {subjects: ['Node//win-1'], cause: 'containerd-host-process-port-forward', says: /containerd 1\.7\.15/},
    ],
    'a kube-proxy that freezes backends on Server 2025': () => [
      proxy('v1.32.5', '10.0.26100.33296'),
      {subjects: both, says: /v?1\.32\.(6|10) mends it/},
    ],
    'a kube-proxy that rechecks nothing by itself': () => [
      proxy('v1.34.3'),
      {subjects: both, says: /kube-proxy 1\.34\.3/},
    ],
    'a kube-proxy that an HNS restart kills': () => [
      proxy('v1.24.9'),
      {severity: 'warning', subjects: both, cause: 'kubernetes-110674', says: /1\.24\.10 mends it/},
    ],
    'a csi-proxy with a hole': () => [
      healthy().changeSpec('DaemonSet', 'kube-flannel/kube-flannel-ds-windows-amd64', spec => {
        spec.containers[0].image = 'ghcr.io/kubernetes-sigs/sig-windows/csi-proxy:v1.1.2';
      }),
      {severity: 'warning', subjects: both, cause: 'CVE-2023-3893'},
    ],
    'a LogMonitor that prints nothing into a pipe': () => [
      logMonitor('2.1.0.0'),
      {subjects: ['Node//win-1'], says: /LogMonitor 2\.1\.0 in container iis of shop\/web-0: /},
    ],
    'a LogMonitor that long lines stop': () => [
      logMonitor('2.0.2.0'),
      {severity: 'warning', subjects: ['Node//win-1'], cause: 'windows-container-tools-212'},
    ],
    'an Azure CNI that leaves its lock behind': () => [
      onEveryNode('mcr.microsoft.com/containernetworking/azure-cni:v1.4.15'),
      {severity: 'error', subjects: both, says: /azure-cni 1\.4\.15: .*1\.4\.16 mends it/},
    ],
    'an Antrea that hangs while it sets routes': () => [
      onEveryNode('antrea/antrea-windows:v1.1.1'),
      {severity: 'warning', subjects: both, says: /antrea 1\.1\.1/},
    ],
    'a containerd that cannot forward to HostProcess pods': () => [
      healthy().change('Node', 'win-1', n => {
        n.status.nodeInfo.containerRuntimeVersion = 'containerd://1.7.15';
      }),
      {severity: 'info', subjects: ['Node//win-1'], cause: 'containerd-host-process-port-forward'},
    ],
    'a pause image without Server 2025 under Hyper-V': () => [
      healthy()
        .change('Node', 'win-1', n => {
          n.status.nodeInfo.kernelVersion = '10.0.26100.33296';
        })
        .change('RuntimeClass', 'windows-2022', r => {
          r.handler = 'runhcs-wcow-hypervisor';
        }),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pause-without-build'},
    ],
  },
  passes: {
    'a containerd that was upgraded since the Node was written': () =>
      healthyWithAgents().changeAll('Node', n => {
        n.status.nodeInfo.containerRuntimeVersion = 'containerd://1.7.15';
      }),
    'a LogMonitor of which its version tells nothing': () => logMonitor('2.1.1.0'),
    'a LogMonitor without a version': () => logMonitor(null),
    'an Azure CNI of today': () => onEveryNode('mcr.microsoft.com/containernetworking/azure-cni:v1.5.28'),
    'components of today': () => healthy(),
    'the kube-proxy that mended all of them': () => proxy('v1.34.8'),
    'the same pause image under process isolation': () =>
      healthy().change('Node', 'win-1', n => {
        n.status.nodeInfo.kernelVersion = '10.0.26100.33296';
      }),
    'pods may not be listed': () => healthy().without('pods'),
    'containerd of another name': () =>
      healthy().change('Node', 'win-1', n => {
        n.status.nodeInfo.containerRuntimeVersion = 'containerd://1.19';
      }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'what only the node shows takes the agent': () => [healthy(), 'node.cri.version'],
  },
});
