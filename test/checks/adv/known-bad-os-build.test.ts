import check from '../../../src/checks/adv/known-bad-os-build.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const kernel = (version: string) =>
  healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.kernelVersion = version;
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'the first revision of KB5040437': () => [
      kernel('10.0.20348.2582'),
      {severity: 'error', subjects, cause: 'KB5040437', says: /KB5044281 repairs it/},
    ],
    'the last revision before the repair': () => [kernel('10.0.20348.2761'), {subjects, cause: 'KB5040437'}],
    'Server 2019 of August 2020': () => [
      kernel('10.0.17763.1339'),
      {severity: 'error', subjects, cause: 'before-KB4570333', says: /directory name is invalid/},
    ],
    'Server 2019 of September 2020': () => [
      kernel('10.0.17763.1457'),
      {severity: 'error', subjects, cause: 'KB4570333', says: /KB4577668/},
    ],
  },
  passes: {
    'a revision of 2026': () => healthy(),
    'the revision before': () => kernel('10.0.20348.2581'),
    'the revision of the repair': () => kernel('10.0.20348.2762'),
    'the same revision of another build': () => kernel('10.0.26100.2600'),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the node tells its build only': () => [kernel('10.0.20348'), 'nodes'],
  },
});
