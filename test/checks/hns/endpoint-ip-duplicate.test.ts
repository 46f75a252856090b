import check from '../../../src/checks/hns/endpoint-ip-duplicate.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {changeHns, hnsOf, onWin1, remoteEndpoint} from '../../helpers/hns-changes.ts';

const podIp = String(healthyWithAgents().nodes.get('win-1')?.get('hns/v1-endpoints.json')[0].IPAddress);
const twin = (change: object = {}) =>
  hnsOf('endpoints', {
    v1: list => list.push({...list[0], ID: '0DADA000-0000-4000-8000-000000000001', ...change}),
  });

checkCases({
  check,
  finds: {
    'a remote endpoint has the address of a pod here': () => [
      hnsOf('endpoints', remoteEndpoint(podIp)),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'local and remote',
        says: /win-1 has 2 endpoints with the address .*, one of a pod here and one of a backend elsewhere/,
      },
    ],
    'two pods here have one address': () => [twin(), {subjects: ['Node//win-1'], cause: 'local twice'}],
    'one backend has two endpoints': () => [
      onWin1(n => {
        for (const last of ['1', '2'])
          changeHns(n, 'endpoints', {
            v1: list =>
              list.push({
                ID: `0DADA000-0000-4000-8000-00000000000${last}`,
                Name: 'Ethernet',
                VirtualNetwork: list[0].VirtualNetwork,
                IPAddress: '10.244.2.99',
                IsRemoteEndpoint: true,
              }),
          });
      }),
      {subjects: ['Node//win-1'], cause: 'remote twice'},
    ],
  },
  passes: {
    'every address is there once': () => healthyWithAgents(),
    'the same address in another network': () =>
      twin({VirtualNetwork: '0DADA000-0000-4000-8000-0000000000FF'}),
    'one that is destroyed and only still listed': () => twin({State: 6}),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.endpoints']},
});
