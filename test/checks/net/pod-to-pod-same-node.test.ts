import check from '../../../src/checks/net/pod-to-pod-same-node.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

checkCases({
  check,
  finds: {
    'nobody answers': () => [
      probed(healthy(), p => p.fail(of('pod-same-node'))),
      {
        severity: 'error',
        subjects: ['Pod/kube-system/coredns-0'],
        cause: 'no answer',
        says: /Pod kube-system\/coredns-1 on linux-0 does not get to Pod kube-system\/coredns-0 on linux-0 \(10\.\S+:53\): it does not answer in time/,
      },
    ],
    'the port is closed': () => [
      probedFleet(p => p.fail(of('pod-same-node', 'win-0'), 'refused')),
      {subjects: ['Pod/shop/web-0-1'], cause: 'refused', says: /the way there works and nothing serves/},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'another leg fails': () => probedFleet(p => p.fail(of('cluster-ip'))),
  },
  unknown: UNSEEN,
});
