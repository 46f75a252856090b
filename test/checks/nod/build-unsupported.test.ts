import check from '../../../src/checks/nod/build-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

function node(build: string, kubelet: string, labels: Record<string, string> = {}) {
  return healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.kernelVersion = build;
    n.status.nodeInfo.kubeletVersion = kubelet;
    Object.assign(n.metadata.labels, labels);
  });
}

const AKS = {'kubernetes.azure.com/cluster': 'mc'};
const EKS = {'eks.amazonaws.com/nodegroup': 'win'};
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'Server 2019 on AKS after its end': () => [
      node('10.0.17763.8389', 'v1.32.3', AKS),
      {severity: 'error', subjects, cause: 'aks-17763-ended', says: /2026-03-01/},
    ],
    'Server 2019 on AKS with Kubernetes 1.33 before its end': () => [
      node('10.0.17763.8389', 'v1.33.0', AKS).at('2026-02-28T00:00:00Z'),
      {severity: 'error', subjects, cause: 'aks-17763-too-old'},
    ],
    'Server 2025 on EKS before 1.35': () => [
      node('10.0.26100.33296', 'v1.34.2-eks-1a2b3c4', EKS),
      {severity: 'warning', subjects, cause: 'eks-26100-too-new'},
    ],
    'a release that EKS does not offer': () => [
      node('10.0.25398.100', 'v1.34.2-eks-1a2b3c4', EKS),
      {severity: 'warning', subjects, cause: 'eks-25398-not-offered'},
    ],
    'Server 2019 on a self-made cluster of 1.35 as a warning': () => [
      node('10.0.17763.8389', 'v1.35.4'),
      {severity: 'warning', subjects, cause: '17763-not-listed-any-more'},
    ],
    '23H2 after Microsoft ended its updates': () => [
      node('10.0.25398.2330', 'v1.35.4'),
      {severity: 'error', subjects, cause: '25398-out-of-updates', says: /2025-10-24/},
    ],
    'a desktop Windows as a node': () => [
      node('10.0.26200.100', 'v1.35.4'),
      {severity: 'warning', subjects, cause: '26200-no-node'},
    ],
  },
  passes: {
    'Server 2022 with 1.35': () => healthy(),
    'Server 2019 with 1.34': () => node('10.0.17763.8389', 'v1.34.1'),
    'Server 2019 on AKS on the day before its end': () =>
      node('10.0.17763.8389', 'v1.32.3', AKS).at('2026-02-28T23:59:59Z'),
    '23H2 on AKS, which patched it longer than Microsoft': () =>
      node('10.0.25398.2330', 'v1.33.0', AKS).at('2026-05-14T00:00:00Z'),
    'Server 2019 on EKS with 1.35, as EKS still offers it': () =>
      node('10.0.17763.8389', 'v1.35.0-eks-1a2b3c4', EKS),
    'Server 2025 on EKS with 1.35': () => node('10.0.26100.33296', 'v1.35.0-eks-1a2b3c4', EKS),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the kernel version is absent': () => [node('', 'v1.35.4'), 'nodes'],
  },
});
