import check from '../../../src/checks/net/vip-dead-backend-alive.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {changedBalancer, isBalancer, withoutBalancers} from '../../helpers/service-changes.ts';
import {UNSEEN} from './unseen.ts';

const WEB = isBalancer('10.96.30.1', 80);
const dead = (p: {leg: string; from: {node: string}; to: {host: string}}): boolean =>
  p.leg === 'cluster-ip' && p.from.node === 'win-1' && p.to.host === '10.96.30.1';

checkCases({
  check,
  finds: {
    'HNS has no load balancer for it': () => [
      probed(withoutBalancers(WEB), p => p.fail(dead)),
      {
        severity: 'error',
        subjects: ['Service/shop/web'],
        cause: 'load balancer missing',
        says: /^10\.96\.30\.1:80 of shop\/web does not answer in time from pod shop\/web-0 on win-1, its backend 10\.244\.\S+:80 answers, HNS on win-1 has no load balancer for it$/,
      },
    ],
    'HNS leads elsewhere': () => [
      probed(
        changedBalancer(WEB, (raw: Json) => (raw.HostComputeEndpoints ?? raw.References).shift()),
        p => p.fail(dead),
      ),
      {subjects: ['Service/shop/web'], cause: 'load balancer leads elsewhere'},
    ],
    'HNS is right, and the switch does not follow': () => [
      probed(healthyWithAgents(), p => p.fail(dead)),
      {subjects: ['Service/shop/web'], cause: 'data path', says: /the virtual switch \(VFP\) does not do/},
    ],
    'nobody saw HNS': () => [
      probedFleet(p =>
        p.fail(q => q.leg === 'cluster-ip' && q.from.node === 'win-0' && q.to.of.name === 'web-1'),
      ),
      {subjects: ['Service/shop/web-1'], cause: 'load balancer or data path'},
    ],
    'a Linux node has no rule': () => [
      probedFleet(p =>
        p.fail(q => q.leg === 'cluster-ip' && q.from.node === 'linux-1' && q.to.of.name === 'web-1'),
      ),
      {
        subjects: ['Service/shop/web-1'],
        cause: 'rules of kube-proxy',
        says: /rules of kube-proxy on linux-1/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthyWithAgents()),
    'the backend is dead as well': () => probedFleet(p => p.fail(of('cluster-ip')).fail(of('backend'))),
  },
  unknown: UNSEEN,
});
