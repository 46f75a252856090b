import check from '../../../src/checks/cri/containerd-end-of-life.ts';
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
    '1.6 a year after its end': () => [
      runtime('containerd://1.6.39'),
      {severity: 'warning', subjects, cause: 'own-1.6', says: /ended on 2025-08-23/},
    ],
    '2.2 on the day of its end, on every node that has it': () => [
      healthy().at('2026-11-06T00:00:00Z'),
      {severity: 'warning', subjects: ['Node//win-1', 'Node//win-2'], cause: 'own-2.2'},
    ],
    'on AKS it is an information': () => [
      runtime('containerd://1.6.35+azure', AKS),
      {severity: 'info', subjects, cause: 'managed-1.6'},
    ],
    'what is older than the table': () => [runtime('containerd://1.2.13'), {severity: 'warning', subjects}],
  },
  passes: {
    '2.2 in September 2026': () => healthy(),
    '2.2 on the day before its end': () => healthy().at('2026-11-05T23:59:59Z'),
    '1.7 in September 2026': () => runtime('containerd://1.7.34').at('2026-09-30T23:59:59Z'),
    'a line newer than the table': () => runtime('containerd://2.9.0'),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'no version': () => [runtime('containerd://Unknown'), 'nodes'],
  },
});
