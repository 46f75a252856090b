import check from '../../../src/checks/hns/outbound-nat-exceptions-broad.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {natExceptionsOf} from '../../helpers/hns-changes.ts';

checkCases({
  check,
  finds: {
    'all of 10.0.0.0/8': () => [
      natExceptionsOf(['10.0.0.0/8', '10.96.0.0/12']),
      {
        subjects: ['Node//win-1'],
        severity: 'info',
        says: /Pods on win-1 reach all of 10\.0\.0\.0\/8 under their own address/,
      },
    ],
    everything: () => [natExceptionsOf(['0.0.0.0/0']), {subjects: ['Node//win-1']}],
  },
  passes: {
    'the ranges of the cluster': () => healthyWithAgents(),
    'a /9': () => natExceptionsOf(['10.128.0.0/9']),
    'a usual range of IPv6': () => natExceptionsOf(['fd12:3456::/32', '10.244.0.0/16']),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.endpoints']},
});
