import check from '../../../src/checks/nod/node-pressure.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const pressed = (node: string, type: string) =>
  healthy().change('Node', node, n => {
    n.status.conditions.find((c: {type: string}) => c.type === type).status = 'True';
  });

checkCases({
  check,
  finds: {
    'memory pressure on Windows': () => [
      pressed('win-1', 'MemoryPressure'),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'MemoryPressure'},
    ],
    'disk pressure on Windows': () => [
      pressed('win-2', 'DiskPressure'),
      {severity: 'error', subjects: ['Node//win-2'], cause: 'DiskPressure', says: /disk space/},
    ],
    'a Linux node without network as a warning': () => [
      pressed('linux-0', 'NetworkUnavailable'),
      {severity: 'warning', subjects: ['Node//linux-0'], cause: 'NetworkUnavailable'},
    ],
    'PID pressure on Linux': () => [
      pressed('linux-0', 'PIDPressure'),
      {severity: 'warning', subjects: ['Node//linux-0'], cause: 'PIDPressure'},
    ],
  },
  passes: {
    'no pressure': () => healthy(),
    'PIDPressure means nothing on Windows': () => pressed('win-1', 'PIDPressure'),
    'conditions of a node that is cut off are Unknown, not True': () =>
      healthy().change('Node', 'win-1', n => {
        for (const c of n.status.conditions) c.status = 'Unknown';
      }),
  },
  unknown: {'nodes may not be listed': () => [healthy().without('nodes'), 'nodes']},
});
