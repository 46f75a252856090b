import check from '../../../src/checks/svc/vip-duplicate.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {balancersOf, isBalancer} from '../../helpers/service-changes.ts';

const ID = '0dab0000-0000-4000-8000-000000000001';
const twin = (edit: (raw: Json) => void = () => {}) =>
  balancersOf(all => {
    const copy = structuredClone(all.find(isBalancer('10.96.30.1', 80)));
    copy.ID = ID;
    edit(copy);
    return [...all, copy];
  });

checkCases({
  check,
  finds: {
    'an address and port twice': () => [
      twin(),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /HNS of win-1 has 2 load balancers for 10\.96\.30\.1:80\/TCP/,
      },
    ],
    'in v1’s answer alone': () => [
      twin().onNode('win-1', n => n.without('hns/loadbalancers.json')),
      {subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'a healthy cluster, whose DNS has both protocols on one port': () => healthyWithAgents(),
    'another port': () => twin(raw => ((raw.PortMappings ?? raw.Policies)[0].ExternalPort = 81)),
    'a node port of both families': () =>
      balancersOf(all => {
        const nodePort = (ipv6: boolean): Json => {
          const copy = structuredClone(all.find(isBalancer('10.96.30.1', 80)));
          copy.ID = ipv6 ? ID : ID.replace(/1$/, '2');
          if (copy.FrontendVIPs) Object.assign(copy, {FrontendVIPs: [], Flags: ipv6 ? 2 : 0});
          else copy.Policies[0].VIPs = [];
          return copy;
        };
        return [...all, nodePort(false), nodePort(true)];
      }),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
