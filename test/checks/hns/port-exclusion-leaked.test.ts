import check from '../../../src/checks/hns/port-exclusion-leaked.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const excluded = (...ranges: Json[]) =>
  onWin1(n =>
    n.change('net/ports.json', p =>
      p.excludedRanges.push(...ranges.map(r => ({protocol: 'tcp', administered: true, ...r}))),
    ),
  );

checkCases({
  check,
  finds: {
    'a node port whose load balancer is gone': () => [
      excluded({start: 31_999, end: 31_999}),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'leaked',
        says: /excludes 31999 for good, and no load balancer of HNS has that port/,
      },
    ],
    several: () => [
      excluded({start: 30_000, end: 30_000}, {start: 32_767, end: 32_767}),
      {subjects: ['Node//win-1'], says: /30000 and 32767 .* any of those 2 ports/},
    ],
  },
  passes: {
    'what Windows reserves for itself': () => healthyWithAgents(),
    'a port that goes again by itself': () => excluded({start: 31_999, end: 31_999, administered: false}),
    'ports outside the range of node ports': () =>
      excluded({start: 29_999, end: 29_999}, {start: 32_768, end: 32_768}),
    'a range that an administrator has reserved': () => excluded({start: 30_000, end: 32_767}),
    'a port that a load balancer has': () =>
      excluded({start: 31_999, end: 31_999}).onNode('win-1', n => {
        n.change('hns/loadbalancers.json', ([lb]) => (lb.PortMappings[0].ExternalPort = 31_999));
        n.change('hns/v1-policylists.json', ([list]) => (list.Policies[0].ExternalPort = 31_999));
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.net.ports'],
    'load balancers could not be read': () => [
      onWin1(n =>
        n
          .without('hns/loadbalancers.json', 'timeout', 'HNS did not answer')
          .without('hns/v1-policylists.json', 'timeout', 'HNS did not answer'),
      ),
      'node.hns.loadbalancers',
    ],
  },
});
