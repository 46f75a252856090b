import check from '../../../src/checks/nod/hns-newer-than-kube-proxy.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {DAY, ago} from '../../helpers/raw.ts';
import {isBalancer, withoutBalancers} from '../../helpers/service-changes.ts';

const hnsStarted = (at: string | null) =>
  healthyWithAgents().onNode('win-1', n => n.change('services.json', s => (s[2].startedAt = at)));

checkCases({
  check,
  finds: {
    'HNS was restarted yesterday': () => [
      hnsStarted(ago(DAY)),
      {subjects: ['Node//win-1'], severity: 'info', says: /HNS of win-1 started 29 d after kube-proxy/},
    ],
    'HNS was restarted, and a load balancer is gone': () => [
      withoutBalancers(isBalancer('10.96.30.1', 80), hnsStarted(ago(DAY))),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'load balancers gone',
        says: /after kube-proxy, and 1 of the 3 load balancers that Services need are missing/,
      },
    ],
    'HNS was restarted, and nobody can tell what is missing': () => [
      withoutBalancers(isBalancer('10.96.30.1', 80), hnsStarted(ago(DAY))).without('services'),
      {subjects: ['Node//win-1'], severity: 'info', cause: 'hns restarted'},
    ],
  },
  passes: {
    'HNS started before kube-proxy': () => healthyWithAgents(),
    'both started within two minutes': () => hnsStarted(ago(30 * DAY - 120 - 100)),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.services'],
    'when HNS started is not known': () => [hnsStarted(null), 'node.services'],
  },
});
