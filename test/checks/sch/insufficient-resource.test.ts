import check from '../../../src/checks/sch/insufficient-resource.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event, type Json} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/waiting.ts';

const subjects = ['Deployment/shop/web'];

const wants = (requests: Json, seconds?: number) =>
  waiting(spec => {
    spec.containers[0].resources = {requests, limits: {memory: requests.memory ?? '1Gi'}};
  }, seconds);

checkCases({
  check,
  finds: {
    'more memory than any node has': () => [
      wants({memory: '64Gi'}),
      {severity: 'error', subjects, cause: 'memory', says: /64Gi.*more than 28Gi in all/},
    ],
    'more cpu than the pods there leave': () => [
      wants({cpu: '7500m', memory: '1Gi'}),
      {severity: 'error', subjects, cause: 'cpu', says: /7\.5 of cpu.*7\.4 left/},
    ],
    'no addresses left on EKS': () => [
      wants({'vpc.amazonaws.com/PrivateIPv4Address': '1', memory: '1Gi'}),
      {severity: 'error', subjects, cause: 'vpc.amazonaws.com/PrivateIPv4Address'},
    ],
    'no more pods': () => [
      wants({memory: '1Gi'}).changeAll('Node', node => {
        node.status.allocatable.pods = '2';
      }),
      {severity: 'error', subjects, cause: 'pods'},
    ],
    'an autoscaler is at work': () => {
      const cluster = wants({memory: '64Gi'}, 30);
      const said = event(cluster.get('Pod', 'shop/web-0'), 'TriggeredScaleUp', 'pool 1->2', {last: ago(20)});
      return [cluster.add(said), {severity: 'info', subjects}];
    },
  },
  passes: {
    'nothing waits': () => healthy(),
    'exactly what is left': () => wants({cpu: '7400m', memory: '1Gi'}),
    'pods that have ended take nothing': () =>
      wants({cpu: '7600m', memory: '1Gi'}).changeAll('Pod', pod => {
        if (pod.spec.nodeName?.startsWith('win')) pod.status.phase = 'Succeeded';
      }),
    'a pod that tolerates no node is for SCH003': () =>
      wants({memory: '64Gi'}).changeSpec('Deployment', 'shop/web', spec => {
        spec.tolerations = [];
      }),
  },
  unknown: {
    'pods could be read in part only, so what is left is not known': () => [
      wants({memory: '64Gi'}).partly('pods'),
      'pods',
    ],
    'nodes may not be listed': () => [wants({memory: '64Gi'}).without('nodes'), 'nodes'],
  },
});
