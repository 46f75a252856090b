import check from '../../../src/checks/cri/layer-store-corrupt.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';

const FILE = 'logs/containerd/containerd.log';
const withLog = (...lines: string[]) =>
  healthyWithAgents()
    .onNode('win-1', n => n.set(FILE, `${lines.join('\n')}\n`))
    .onNode('win-2', n => n.set(FILE, ''));
const line = (seconds: number, error: string): string =>
  `time="${ago(seconds)}" level=error msg="PullImage failed" error="failed to extract layer: ${error}: unknown"`;

checkCases({
  check,
  finds: {
    'a layer with a wrong diff id': () => [
      withLog(
        'time="2026-09-01T10:00:00Z" level=info msg=fine',
        line(3600, 'wrong diff id calculated on extraction "sha256:1"'),
      ),
      {subjects: ['Node//win-1'], severity: 'error', says: /wrong diff id/},
    ],
    'a damaged archive': () => [
      withLog(line(3600, 'archive/tar: invalid tar header')),
      {subjects: ['Node//win-1']},
    ],
    'an empty layer chain': () => [
      withLog(line(60, "Failed to unmarshall layerchain json - invalid character '\\x00'")),
      {subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'a log without such lines': () => withLog('time="2026-09-01T10:00:00Z" level=info msg="wrong password"'),
    'a layer that was damaged the day before yesterday': () =>
      withLog(line(2 * 86_400, 'archive/tar: invalid tar header')),
  },
  unknown: {
    'containerd writes no log': () => [healthyWithAgents(), 'node.logs'],
    'no agent was asked': () => [healthy(), 'node.logs'],
  },
});
