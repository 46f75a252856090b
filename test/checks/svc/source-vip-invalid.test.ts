import check from '../../../src/checks/svc/source-vip-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {changeHns, remoteEndpoint} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const told = (ip: string): TestCluster =>
  healthyWithAgents().onNode('win-1', n => n.change('processes.json', p => (p[2].flags['source-vip'] = ip)));
/** kube-proxy is told by a file on the node. */
const byFile = (cluster: TestCluster): TestCluster =>
  cluster.onNode('win-1', n =>
    n.change('processes.json', p => (p[2].flags = {config: 'C:\\k\\config.conf'})),
  );

checkCases({
  check,
  finds: {
    'outside the subnet of the network': () => [
      told('10.244.7.2'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'outside the subnet',
        says: /10\.244\.7\.2 of kube-proxy on win-1 is outside the subnet .*flannel\.4096 \(10\.244\.1\.0\/24\)/,
      },
    ],
    'the gateway': () => [told('10.244.1.1'), {subjects: ['Node//win-1'], cause: 'gateway'}],
    'no address': () => [told('none'), {subjects: ['Node//win-1'], cause: 'no address'}],
    'that of a pod': () => {
      const cluster = told('');
      const ip: string = cluster.get('Pod', 'shop/web-0')['status'].podIP;
      return [told(ip), {subjects: ['Node//win-1'], cause: 'taken', says: /is that of pod shop\/web-0/}];
    },
    'that of a remote endpoint': () => [
      told('10.244.1.9').onNode('win-1', n => changeHns(n, 'endpoints', remoteEndpoint('10.244.1.9'))),
      {subjects: ['Node//win-1'], cause: 'taken', says: /is that of a remote endpoint/},
    ],
    'as its load balancers have it, where a file on the node tells kube-proxy': () => [
      byFile(healthyWithAgents()).onNode('win-1', n => {
        n.change('hns/loadbalancers.json', (all: Json[]) => {
          for (const balancer of all) balancer.SourceVIP = '10.244.7.2';
        });
      }),
      {subjects: ['Node//win-1'], cause: 'outside the subnet'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthyWithAgents(),
    'a bridge has none': () =>
      told('10.244.7.2').onNode('win-1', n => {
        n.change('hns/networks.json', networks => (networks[0].Type = 'L2Bridge'));
        n.change('hns/v1-networks.json', networks => (networks[0].Type = 'L2Bridge'));
      }),
    'nobody names it': () =>
      byFile(healthyWithAgents()).onNode('win-1', n => {
        n.set('hns/loadbalancers.json', []);
        n.set('hns/v1-policylists.json', []);
      }),
  },
  unknown: {'no agent was asked': () => [healthy(), 'node.hns.loadbalancers']},
});
