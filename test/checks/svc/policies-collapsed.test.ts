import check from '../../../src/checks/svc/policies-collapsed.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {moreService, withoutBalancers} from '../../helpers/service-changes.ts';

/** So many Services that HNS does not have, beside the three load balancers that it has. */
const added = (count: number): TestCluster =>
  Array.from({length: count}, (_, i) => moreService(`api-${i}`, `10.96.31.${i + 1}`)).reduce(
    (cluster, objects) => cluster.add(...objects),
    healthyWithAgents(),
  );

checkCases({
  check,
  finds: {
    'ten of thirteen are missing': () => [
      added(10),
      {
        subjects: ['Node//win-1', 'Node//win-2'],
        severity: 'error',
        says: /has 3 of the 13 load balancers that its Services need/,
      },
    ],
    'all are gone': () => [
      withoutBalancers(() => true, added(10)),
      {subjects: ['Node//win-1', 'Node//win-2'], says: /has (?:0|3) of the 13/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'nine are missing': () => added(9),
    'all three of a small cluster are gone, which SVC001 and SVC006 tell': () => withoutBalancers(() => true),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
