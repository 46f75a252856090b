import check from '../../../src/checks/hns/management-ip-wrong.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';

const managed = (ManagementIP: string) =>
  hnsOf('networks', {v1: ([network]) => (network.ManagementIP = ManagementIP)});
const v6 = (address: string) => hnsOf('networks', {v1: ([network]) => (network.ManagementIPv6 = address)});

checkCases({
  check,
  finds: {
    'the address of another adapter': () => [
      managed('10.0.2.15'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'another address',
        says: /Network `flannel\.4096` of win-1 hangs on 10\.0\.2\.15, and the node is 192\.168\.10\.11/,
      },
    ],
    'an address that Windows gave itself': () => [
      managed('169.254.83.107'),
      {
        subjects: ['Node//win-1'],
        cause: 'given by Windows itself',
        says: /169\.254\.83\.107, which Windows gave itself/,
      },
    ],
    'another IPv6 address than the node has': () => [
      v6('fd00::99').change('Node', 'win-1', n =>
        n.status.addresses.push({type: 'InternalIP', address: 'fd00::11'}),
      ),
      {subjects: ['Node//win-1'], says: /fd00::99/},
    ],
  },
  passes: {
    'the address of the node': () => healthyWithAgents(),
    'one of two addresses of the node': () =>
      managed('192.168.20.11').change('Node', 'win-1', n =>
        n.status.addresses.push({type: 'InternalIP', address: '192.168.20.11'}),
      ),
    'IPv6 of which the cluster knows nothing': () => v6('fe80::1'),
    'the same IPv6 address, written otherwise': () =>
      v6('FD00:0:0::11').change('Node', 'win-1', n =>
        n.status.addresses.push({type: 'InternalIP', address: 'fd00::11'}),
      ),
    'a network that nobody names': () =>
      hnsOf('networks', {
        v1: list =>
          list.push({
            ID: '0DADA000-0000-4000-8000-0000000000FF',
            Name: 'nat',
            Type: 'nat',
            ManagementIP: '172.17.0.1',
          }),
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'v1, which alone has it, did not answer': () => [
      onWin1(n => n.without('hns/v1-networks.json', 'timeout', 'HNS did not answer within 5 s')),
      'node.hns',
    ],
  },
});
