import check from '../../../src/checks/hns/pod-without-endpoint.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1, remoteEndpoint} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';

const empty = {v1: (list: Json[]) => list.splice(0), v2: (list: Json[]) => list.splice(0)};
const pod = (edit: (pod: Json) => void) => hnsOf('endpoints', empty).change('Pod', 'shop/web-0', edit);
const podIp = String(healthy().get('Pod', 'shop/web-0')['status'].podIP);

checkCases({
  check,
  finds: {
    'HNS has lost its endpoints, and the pod still runs': () => [
      hnsOf('endpoints', empty),
      {
        subjects: ['Pod/shop/web-0'],
        severity: 'error',
        cause: 'no endpoint',
        says: /Pod shop\/web-0 runs on win-1 with 10\.244\..*, and HNS has no endpoint of that address among its 0 endpoints/,
      },
    ],
    'only a remote endpoint has its address': () => [
      hnsOf('endpoints', {
        v1: list => {
          list.splice(0, 1);
          remoteEndpoint(podIp).v1(list);
        },
        v2: list => list.splice(0, 1),
      }),
      {subjects: ['Pod/shop/web-0']},
    ],
    'it started a minute ago': () => [
      pod(p => (p.status.startTime = ago(60))),
      {subjects: ['Pod/shop/web-0']},
    ],
  },
  passes: {
    'each pod has one': () => healthyWithAgents(),
    'either of its addresses has one': () =>
      healthyWithAgents().change('Pod', 'shop/web-0', p => {
        p.status.podIPs = [{ip: 'fd00:10:244::1f'}, {ip: p.status.podIP}];
      }),
    'a pod that has ended keeps its address in its status': () => pod(p => (p.status.phase = 'Succeeded')),
    'a pod that ends': () => pod(p => (p.metadata.deletionTimestamp = ago(5))),
    'a pod on the network of its node': () => pod(p => (p.spec.hostNetwork = true)),
    'a pod that has no address yet': () =>
      pod(p => {
        delete p.status.podIP;
        delete p.status.podIPs;
      }),
    'a pod that has just started': () => pod(p => (p.status.startTime = ago(59))),
  },
  unknown: {
    'only a part of the endpoints came': () => [
      hnsOf('endpoints', empty).onNode('win-1', n =>
        n.partly('hns/endpoints.json').partly('hns/v1-endpoints.json'),
      ),
      'node.hns.endpoints',
    ],

    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'HNS did not answer': () => [
      onWin1(n =>
        n
          .without('hns/endpoints.json', 'timeout', 'HNS did not answer within 5 s')
          .without('hns/v1-endpoints.json', 'timeout', 'HNS did not answer within 5 s'),
      ),
      'node.hns.endpoints',
    ],
    'pods may not be listed': () => [healthyWithAgents().without('pods'), 'pods'],
  },
});
