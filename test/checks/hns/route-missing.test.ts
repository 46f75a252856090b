import check from '../../../src/checks/hns/route-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {POD_ENDPOINT, hnsOf, inBoth, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const METADATA = {
  destination: '169.254.169.254/32',
  nextHop: '192.168.10.1',
  index: 9,
  compartment: 1,
  metric: 1,
};
const routes = (edit: (routes: Json) => void) => onWin1(n => n.change('net/routes.json', edit));
const noGateway = inBoth(POD_ENDPOINT, endpoint => {
  endpoint.Routes = [];
  endpoint.GatewayAddress = '';
});
const label = (key: string) => (cluster: ReturnType<typeof healthyWithAgents>) =>
  cluster.change('Node', 'win-1', n => (n.metadata.labels[key] = 'pool'));
const eks = label('eks.amazonaws.com/nodegroup');

checkCases({
  check,
  finds: {
    'the node has no way out': () => [
      routes(r => r.splice(0, 1)),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'host 0.0.0.0/0',
        says: /win-1 has the address 192\.168\.10\.11 and no route to 0\.0\.0\.0\/0/,
      },
    ],
    'the metadata service of EKS': () => [
      eks(healthyWithAgents()),
      {subjects: ['Node//win-1'], cause: 'metadata route', says: /169\.254\.169\.254/},
    ],
    'the metadata service of GKE': () => [
      label('cloud.google.com/gke-nodepool')(healthyWithAgents()),
      {subjects: ['Node//win-1'], cause: 'metadata route'},
    ],
    'a pod has no gateway': () => [
      hnsOf('endpoints', noGateway),
      {
        subjects: ['Node//win-1'],
        cause: 'endpoint without gateway',
        says: /The endpoint of a pod on win-1 \(10\.244\..*\) has no gateway/,
      },
    ],
    'IPv6 has no way out on AKS': () => [
      label('kubernetes.azure.com/agentpool')(healthyWithAgents()).change('Node', 'win-1', n =>
        n.status.addresses.push({type: 'InternalIP', address: 'fd00::11'}),
      ),
      {subjects: ['Node//win-1'], cause: 'host ::/0'},
    ],
  },
  passes: {
    'every route is there': () => healthyWithAgents(),
    'the route to the metadata service is there': () =>
      eks(healthyWithAgents()).onNode('win-1', n => n.change('net/routes.json', r => r.push(METADATA))),
    'elsewhere nobody sets a route to it': () => routes(r => r.filter((x: Json) => x !== METADATA)),
    'IPv6 among the nodes alone': () =>
      healthyWithAgents().change('Node', 'win-1', n =>
        n.status.addresses.push({type: 'InternalIP', address: 'fd00::11'}),
      ),
    'the endpoint of kube-proxy’s source address has no gateway': () => healthyWithAgents(),
    'Open vSwitch forwards': () =>
      hnsOf('endpoints', noGateway).onNode('win-1', n =>
        n.change('hns/v1-networks.json', ([network]) =>
          network.Extensions.push({Id: '583CC151-73EC-4A6A-8B47-578297AD7623', IsEnabled: true, Name: 'OVS'}),
        ),
      ),
  },
  unknown: {
    'only a part of the routes came': () => [
      routes(r => r.splice(0, 1)).onNode('win-1', n => n.partly('net/routes.json')),
      'node.net.routes',
    ],

    'no agent was asked': () => [healthy(), 'node.net.routes'],
    'routes could not be listed': () => [onWin1(n => n.without('net/routes.json')), 'node.net.routes'],
  },
});
