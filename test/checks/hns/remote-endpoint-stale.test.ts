import check from '../../../src/checks/hns/remote-endpoint-stale.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, remoteEndpoint} from '../../helpers/hns-changes.ts';

const podIp = String(healthy().get('Pod', 'shop/web-0')['status'].podIP);
const remote = (ip: string) => hnsOf('endpoints', remoteEndpoint(ip));

checkCases({
  check,
  finds: {
    'its address has come to a pod here': () => [
      remote(podIp),
      {
        subjects: ['Pod/shop/web-0'],
        severity: 'error',
        cause: 'address of a pod here',
        says: /HNS on win-1 has a remote endpoint with .*, the address of Pod shop\/web-0, which runs there itself/,
      },
    ],
    'its backend is gone': () => [
      remote('10.244.2.42'),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'in no EndpointSlice',
        says: /1 remote endpoint whose address is in no EndpointSlice, as 10\.244\.2\.42/,
      },
    ],
    'a pod that has ended does not hold its address': () => [
      remote(podIp)
        .change('Pod', 'shop/web-0', p => (p.status.phase = 'Failed'))
        .change('EndpointSlice', 'shop/web-abcde', s => s.endpoints.shift()),
      // The other node, too, has an endpoint of it left.
      {subjects: ['Node//win-1', 'Node//win-2'], cause: 'in no EndpointSlice'},
    ],
  },
  passes: {
    'each is a backend elsewhere': () => healthyWithAgents(),
    'the address of a Service, which kube-proxy gives an endpoint on an overlay': () => remote('10.96.30.1'),
    'the address of a node': () => remote('192.168.10.12'),
    'the source address of kube-proxy': () =>
      remote('10.244.2.42').onNode('win-1', n =>
        n.change('processes.json', processes => (processes[2].flags['source-vip'] = '10.244.2.42')),
      ),
    'a backend that is not ready is one, too': () =>
      remote('10.244.2.42').change('EndpointSlice', 'shop/web-abcde', s =>
        s.endpoints.push({addresses: ['10.244.2.42'], conditions: {ready: false}, nodeName: 'win-2'}),
      ),
    'a pod on the network of the node has the node’s address': () =>
      remote('192.168.10.11').change('Pod', 'shop/web-0', p => {
        p.spec.hostNetwork = true;
        p.status.podIP = '192.168.10.11';
        p.status.podIPs = [{ip: '192.168.10.11'}];
      }),
    'a young pod on its way out': () =>
      remote('10.244.2.12').change('EndpointSlice', 'shop/web-abcde', s =>
        s.endpoints.push({addresses: ['10.244.2.12'], conditions: {terminating: true, serving: true}}),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'EndpointSlices may not be listed': () => [
      healthyWithAgents().without('endpointSlices'),
      'endpointSlices',
    ],
    'only a part of the EndpointSlices came': () => [
      remote('10.244.2.42').partly('endpointSlices'),
      'endpointSlices',
    ],
  },
});
