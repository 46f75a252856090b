import check from '../../../src/checks/cri/config-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

const config = (text: string, file = 'cri/config.toml') =>
  healthyWithAgents().onNode('win-1', n => n.set(file, text));

checkCases({
  check,
  finds: {
    'a file that is no TOML': () => [
      config('version = 3\n[plugins\n'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'invalid',
        says: /`config\.toml` of containerd on win-1, line 2/,
      },
    ],
    'a version that no containerd knows': () => [
      config('version = 12\n'),
      {subjects: ['Node//win-1'], cause: 'unknown-version', says: /version 12/},
    ],
    'an import of a higher version': () => [
      config('version = 4\n', 'cri/config/extra.toml'),
      {
        subjects: ['Node//win-1'],
        cause: 'version-too-high',
        says: /version 4 is higher than that of the main file \(3\)/,
      },
    ],
  },
  passes: {
    'a configuration in order': () => healthyWithAgents(),
    'one without a version, which is the first': () => config('[plugins.cri]\nsandbox_image = "x"\n'),
    'an import of the same version': () => config('version = 3\n', 'cri/config/extra.toml'),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cri.config'],
    'the file may not be read': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cri/config.toml')),
      'node.cri.config',
    ],
  },
});
