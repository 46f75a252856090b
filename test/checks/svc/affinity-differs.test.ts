import check from '../../../src/checks/svc/affinity-differs.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {changedBalancer, isBalancer} from '../../helpers/service-changes.ts';

const sticky = (cluster: TestCluster): TestCluster =>
  cluster.change('Service', 'shop/web', s => (s.spec.sessionAffinity = 'ClientIP'));
const distribution = (value: number): TestCluster =>
  changedBalancer(isBalancer('10.96.30.1', 80), (raw: Json) => {
    if (raw.PortMappings) raw.PortMappings[0].DistributionType = value;
  });
const version = (cluster: TestCluster, hns: {Major: number; Minor: number}): TestCluster =>
  ['win-1', 'win-2'].reduce((all, name) => all.onNode(name, n => n.set('hns/version.json', hns)), cluster);

checkCases({
  check,
  finds: {
    'the Service wants sessions to be kept': () => [
      sticky(healthyWithAgents()),
      {
        subjects: ['Service/shop/web'],
        severity: 'warning',
        cause: 'affinity missing',
        says: /has affinity none, and the Service says ClientIP/,
      },
    ],
    'the Service wants none any more': () => [
      distribution(2),
      {
        subjects: ['Service/shop/web'],
        cause: 'affinity unwanted',
        says: /on win-1 has affinity by source address, and the Service says None/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'HNS before 12.0, which keeps none': () => version(sticky(healthyWithAgents()), {Major: 9, Minor: 5}),
    'HNS of an unknown version': () =>
      ['win-1', 'win-2'].reduce(
        (all, name) => all.onNode(name, n => n.remove('hns/version.json')),
        sticky(healthyWithAgents()),
      ),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
