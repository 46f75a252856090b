import check from '../../../src/checks/hns/network-duplicate.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const ID = '0DADA000-0000-4000-8000-000000000001';
const another = (Name: string, prefix: string, Type = 'Overlay') =>
  hnsOf('networks', {
    v1: list => list.push({ID, Name, Type, State: 1, Subnets: [{AddressPrefix: prefix, GatewayAddress: ''}]}),
  });
const twice = (name: string, prefix: string) =>
  hnsOf('networks', {
    v1: (list: Json[]) => {
      for (const last of [1, 2]) {
        const id = ID.replace(/1$/, String(last));
        list.push({ID: id, Name: name + last, Type: 'L2Bridge', Subnets: [{AddressPrefix: prefix}]});
      }
    },
  });

checkCases({
  check,
  finds: {
    'two networks have one name': () => [
      another('Flannel.4096', '10.99.0.0/24'),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'one name',
        says: /2 networks named `flannel\.4096`/,
      },
    ],
    'two networks have one subnet': () => [
      another('old', '10.244.1.0/24'),
      {
        subjects: ['Node//win-1'],
        cause: 'one subnet',
        says: /Networks `flannel\.4096` and `old` of win-1 have one subnet: 10\.244\.1\.0\/24/,
      },
    ],
  },
  passes: {
    'there is one': () => healthyWithAgents(),
    'another has its own subnet': () => another('External', '192.168.255.0/30'),
    'interfaces of an instance share the subnet of the VPC': () => twice('vpcbr06684cbed47', '10.0.0.0/19'),
    'a transparent network has no subnet of its own': () => twice('transparent', '0.0.0.0/0'),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.networks']},
});
