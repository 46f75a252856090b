import check from '../../../src/checks/svc/dns-load-balancer-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {isBalancer, withoutBalancers} from '../../helpers/service-changes.ts';

checkCases({
  check,
  finds: {
    'UDP is missing': () => [
      withoutBalancers(isBalancer('10.96.0.10', 53, 17)),
      {
        subjects: ['Service/kube-system/kube-dns'],
        severity: 'error',
        says: /HNS of win-1 has no load balancer for 10\.96\.0\.10:53\/UDP of Service kube-system\/kube-dns/,
      },
    ],
    'TCP is missing': () => [
      withoutBalancers(isBalancer('10.96.0.10', 53, 6)),
      {subjects: ['Service/kube-system/kube-dns'], says: /10\.96\.0\.10:53\/TCP/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'another Service is missing, which SVC001 tells': () => withoutBalancers(isBalancer('10.96.30.1', 80)),
    'DNS has no ready endpoint': () =>
      withoutBalancers(() => true).change('EndpointSlice', 'kube-system/kube-dns-abcde', s => {
        s.endpoints = [];
      }),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
