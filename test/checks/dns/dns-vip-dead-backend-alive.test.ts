import check from '../../../src/checks/dns/dns-vip-dead-backend-alive.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {of, overIPv6, probed, probedDualFleet, probedFleet} from '../../helpers/probing.ts';
import {isBalancer, withoutBalancers} from '../../helpers/service-changes.ts';
import {UNSEEN} from '../net/unseen.ts';

const DNS = isBalancer('10.96.0.10', 53, 17);

checkCases({
  check,
  finds: {
    'HNS has no load balancer for it': () => [
      probed(withoutBalancers(DNS), p => p.fail(of('dns-vip', 'win-1'))),
      {
        severity: 'error',
        subjects: ['Service/kube-system/kube-dns'],
        cause: 'load balancer missing',
        says: /^10\.96\.0\.10:53 of kube-system\/kube-dns does not answer in time from pod shop\/web-0 on win-1, its backend 10\.244\.\S+:53 answers, HNS on win-1 has no load balancer for it$/,
      },
    ],
    'HNS is right': () => [
      probed(healthyWithAgents(), p => p.fail(of('dns-vip', 'win-1'))),
      {subjects: ['Service/kube-system/kube-dns'], cause: 'data path'},
    ],
    'over IPv6 alone': () => [
      probedDualFleet(p => p.fail(q => overIPv6(q) && q.leg === 'dns-vip' && q.from.node === 'linux-1')),
      {
        subjects: ['Service/kube-system/kube-dns'],
        cause: 'rules of kube-proxy',
        says: /^\[fd00::10:100:0:10\]:53 .*, its backend \[fd00::\S+\]:53 answers/,
      },
    ],
    'on Linux': () => [
      probedFleet(p => p.fail(of('dns-vip', 'linux-1'))),
      {subjects: ['Service/kube-system/kube-dns'], cause: 'rules of kube-proxy'},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthyWithAgents()),
    'its pods are dead as well': () => probedFleet(p => p.fail(q => q.leg.startsWith('dns-'))),
    'one protocol works': () =>
      probedFleet(p => p.fail(q => q.leg === 'dns-vip' && q.protocol === 'dns-tcp')),
  },
  unknown: UNSEEN,
});
