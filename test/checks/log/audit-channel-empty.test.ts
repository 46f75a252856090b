import check from '../../../src/checks/log/audit-channel-empty.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {GOOD, configFile, inContainer, withSources} from '../../helpers/logmonitor-configs.ts';

checkCases({
  check,
  finds: {
    'the channel Security': () => [
      configFile(withSources({type: 'EventLog', channels: [{name: 'Security', level: 'Verbose'}]})),
      {severity: 'info', subjects: ['File//LogMonitorConfig.json'], says: /level 0/},
    ],
    'the channel Security in a running container': () => [
      inContainer(JSON.stringify(withSources({type: 'EventLog', channels: [{name: 'security'}]}))),
      {subjects: ['Pod/shop/web-0'], says: /^Container web, /},
    ],
  },
  passes: {'other channels': () => configFile(GOOD)},
  unknown: {'a cluster without agents': () => [healthy(), 'node.logmonitor']},
});
