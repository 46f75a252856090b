import check from '../../../src/checks/svc/node-port-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const nodePort = (edit: (spec: Json) => void = () => {}): TestCluster =>
  healthyWithAgents().change('Service', 'shop/web', s => {
    s.spec.type = 'NodePort';
    s.spec.externalTrafficPolicy = 'Cluster';
    s.spec.ports[0].nodePort = 30_080;
    edit(s.spec);
  });

checkCases({
  check,
  finds: {
    'HNS has no load balancer for a node port': () => [
      nodePort(),
      {
        subjects: ['Service/shop/web'],
        severity: 'error',
        says: /has no load balancer for node port 30080\/TCP of Service shop\/web \(NodePort\)/,
      },
    ],
    'the pods of the node are to have it to themselves': () => [
      nodePort(spec => (spec.externalTrafficPolicy = 'Local')),
      {subjects: ['Service/shop/web'], says: /and 1 ready endpoint to send to|all 1 ready pod/},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'a load balancer without node ports': () =>
      nodePort(spec => {
        spec.type = 'LoadBalancer';
        spec.allocateLoadBalancerNodePorts = false;
        delete spec.ports[0].nodePort;
      }),
    'no pod on the node, and traffic that stays there': () =>
      nodePort(spec => (spec.externalTrafficPolicy = 'Local')).change(
        'EndpointSlice',
        'shop/web-abcde',
        s => {
          for (const endpoint of s.endpoints) endpoint.nodeName = 'linux-0';
        },
      ),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
