import check from '../../../src/checks/cri/containerd-log-discarded.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const flags = (value: Record<string, string> | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('processes.json', p => (p[1].flags = value)));

checkCases({
  check,
  finds: {
    'a containerd without --log-file': () => [
      flags({'run-service': 'true'}),
      {subjects: ['Node//win-1'], severity: 'info', says: /without `--log-file`/},
    ],
  },
  passes: {
    'a containerd with a log file': () => healthyWithAgents(),
    'a log that the service manager writes': () => {
      const cluster = flags({});
      return cluster.onNode('win-1', n => n.set('logs/containerd/containerd.err.log', ''));
    },
  },
  unknown: {
    'a command line that could not be read': () => [flags(null), 'node.processes'],
    'no agent was asked': () => [healthy(), 'node.processes'],
  },
});
