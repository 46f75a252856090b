import check from '../../../src/checks/net/pod-to-api-server.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'neither the Service nor the server answers': () => [
      probedFleet(p => p.fail(q => q.leg === 'api-server' || q.to.of.name === '192.168.10.10')),
      {severity: 'error', subjects: ['Service/default/kubernetes'], cause: 'way to it: no answer'},
    ],
    'the Service alone is dead on Linux': () => [
      probedFleet(p => p.fail(of('api-server', 'linux-1'))),
      {
        subjects: ['Service/default/kubernetes'],
        cause: 'rules of kube-proxy',
        says: /its backend 192\.168\.10\.10:6443 answers: the rules of kube-proxy on linux-1 are at fault/,
      },
    ],
    'the Service alone is dead on Windows, and nobody saw HNS': () => [
      probedFleet(p => p.fail(of('api-server', 'win-0'))),
      {subjects: ['Service/default/kubernetes'], cause: 'load balancer or data path'},
    ],
  },
  passes: {
    'everything answers': () => probedFleet(),
    'the cluster shows no Service of the API server': () => probed(healthy()),
  },
  unknown: UNSEEN,
});
