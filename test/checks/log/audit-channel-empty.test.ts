import check from '../../../src/checks/log/audit-channel-empty.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {GOOD, configFile, withSources} from '../../helpers/logmonitor-configs.ts';

checkCases({
  check,
  finds: {
    'the channel Security': () => [
      configFile(withSources({type: 'EventLog', channels: [{name: 'Security', level: 'Verbose'}]})),
      {severity: 'info', subjects: ['File//LogMonitorConfig.json'], says: /level 0/},
    ],
  },
  passes: {'other channels': () => configFile(GOOD)},
  unknown: {'a cluster, of which no such files are read': () => [healthy(), 'logMonitorConfigs']},
});
