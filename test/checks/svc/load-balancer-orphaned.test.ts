import check from '../../../src/checks/svc/load-balancer-orphaned.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {changedBalancer, isBalancer} from '../../helpers/service-changes.ts';

const WEB = isBalancer('10.96.30.1', 80);
const rename = (vip: string, port: number) =>
  changedBalancer(WEB, (raw: Json) => {
    const [mapping] = raw.PortMappings ?? raw.Policies;
    mapping.ExternalPort = port;
    if (raw.FrontendVIPs) raw.FrontendVIPs = vip === '' ? [] : [vip];
    else mapping.VIPs = vip === '' ? [] : [vip];
  });

checkCases({
  check,
  finds: {
    'the Service was deleted': () => [
      healthyWithAgents().remove('Service', 'shop/web'),
      {
        subjects: ['Node//win-1', 'Node//win-2'],
        severity: 'warning',
        says: /has a load balancer for 10\.96\.30\.1:80\/TCP, which is the address of no Service/,
      },
    ],
    'a port that the Service does not have': () => [
      rename('10.96.30.1', 81),
      {subjects: ['Node//win-1'], says: /10\.96\.30\.1:81\/TCP, which is no port of Service shop\/web/},
    ],
    'a node port of nobody': () => [
      rename('', 30_080),
      {subjects: ['Node//win-1'], says: /node port 30080\/TCP, which is the node port of no Service/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'the endpoints of its Service are not ready any more, which SVC003 tells': () =>
      healthyWithAgents().change('EndpointSlice', 'shop/web-abcde', s => (s.endpoints = [])),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.loadbalancers'],
    'Services may not be read': () => [healthyWithAgents().without('services'), 'services'],
    'only a part of the answer came': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.partly('hns/loadbalancers.json').partly('hns/v1-policylists.json'),
      ),
      'node.hns.loadbalancers',
    ],
  },
});
