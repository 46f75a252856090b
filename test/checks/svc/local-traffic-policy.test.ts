import check from '../../../src/checks/svc/local-traffic-policy.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';

function exposed(policy: string, type = 'NodePort', nodes = ['win-1']): TestCluster {
  return healthy()
    .change('Service', 'shop/web', s => {
      Object.assign(s.spec, {type, externalTrafficPolicy: policy});
    })
    .change('EndpointSlice', 'shop/web-abcde', s => {
      s.endpoints = s.endpoints.filter((e: {nodeName: string}) => nodes.includes(e.nodeName));
    });
}

checkCases({
  check,
  finds: {
    'a Windows node without a pod of it': () => [
      exposed('Local'),
      {
        severity: 'info',
        subjects: ['Service/shop/web'],
        cause: 'no local endpoint',
        says: /1 Windows node without a pod of it \(win-2\) drops/,
      },
    ],
    'the same behind a cloud load balancer': () => [
      exposed('Local', 'LoadBalancer'),
      {subjects: ['Service/shop/web']},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'policy Cluster': () => exposed('Cluster'),
    'a pod on every Windows node': () => exposed('Local', 'NodePort', ['win-1', 'win-2']),
    'a ClusterIP Service': () => exposed('Local', 'ClusterIP'),
    'no endpoint anywhere, which SVC012 reports': () => exposed('Local', 'NodePort', []),
  },
  unknown: {
    'EndpointSlices may not be read': () => [exposed('Local').without('endpointSlices'), 'endpointSlices'],
    'nodes came in part': () => [exposed('Local').partly('nodes'), 'nodes'],
  },
});
