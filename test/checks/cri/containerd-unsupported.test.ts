import check from '../../../src/checks/cri/containerd-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const runtime = (text: string, labels: Record<string, string> = {}) =>
  healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.containerRuntimeVersion = text;
    Object.assign(n.metadata.labels, labels);
  });
const subjects = ['Node//win-1'];
const AKS = {'kubernetes.azure.com/cluster': 'mc'};

checkCases({
  check,
  finds: {
    'a 1.7 that is too old for 1.35': () => [
      runtime('containerd://1.7.27'),
      {severity: 'warning', subjects, cause: 'own', says: /1\.7\.28, 2\.1\.5, 2\.2\.0/},
    ],
    'a line that is not listed any more': () => [
      runtime('containerd://2.0.7'),
      {severity: 'warning', subjects},
    ],
    'on AKS it is an information': () => [
      runtime('containerd://1.6.35+azure', AKS),
      {severity: 'info', subjects, cause: 'managed'},
    ],
  },
  passes: {
    '2.2 with 1.35': () => healthy(),
    'the first good 1.7': () => runtime('containerd://1.7.28'),
    'a line newer than the table': () => runtime('containerd://2.4.0'),
    'Docker is CRI012’s': () => runtime('docker://20.10.24'),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'OpenShift printed the version of Go': () => [runtime('containerd://1.19'), 'nodes'],
  },
});
