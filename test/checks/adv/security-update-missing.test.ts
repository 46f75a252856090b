import check from '../../../src/checks/adv/security-update-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const kubelet = (version: string, labels: Record<string, string> = {}) =>
  healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.kubeletVersion = version;
    Object.assign(n.metadata.labels, labels);
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'the log query of 1.31.4': () => [
      kubelet('v1.31.4'),
      {severity: 'warning', subjects, cause: 'CVE-2024-9042', says: /CVSS 5\.9/},
    ],
    'an old kubelet has several, and the worst is told': () => [
      kubelet('v1.27.4'),
      {
        severity: 'warning',
        subjects,
        cause: 'CVE-2023-3676 CVE-2023-3955 CVE-2023-5528 CVE-2024-5321 CVE-2024-9042',
        says: /become administrator of the node \(CVSS 8\.8\)/,
      },
    ],
    'on AKS it is an information': () => [
      kubelet('v1.31.4', {'kubernetes.azure.com/cluster': 'mc'}),
      {severity: 'info', subjects},
    ],
  },
  passes: {
    'a kubelet of today': () => healthy(),
    'the first good release of a line': () => kubelet('v1.31.5'),
    'a Linux node': () =>
      healthy().change('Node', 'linux-0', n => {
        n.status.nodeInfo.kubeletVersion = 'v1.27.0';
      }),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the kubelet version is absent': () => [kubelet(''), 'nodes'],
  },
});
