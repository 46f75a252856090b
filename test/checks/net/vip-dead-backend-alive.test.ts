import check from '../../../src/checks/net/vip-dead-backend-alive.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {of, overIPv6, probed, probedDualFleet, probedFleet} from '../../helpers/probing.ts';
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
    'its IPv6 address alone has no rule': () => [
      probedDualFleet(p =>
        p.fail(
          q => overIPv6(q) && q.leg === 'cluster-ip' && q.from.node === 'linux-1' && q.to.of.name === 'web-1',
        ),
      ),
      {
        subjects: ['Service/shop/web-1'],
        cause: 'rules of kube-proxy',
        says: /^\[fd00::10:96:0:1\]:80 of shop\/web-1 .*, its backend \[fd00::10:\S+\]:80 answers: the rules of kube-proxy on linux-1/,
      },
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
    'one of its pods refuses everybody over IPv4, and over IPv6 the tries went there': () =>
      probedDualFleet(p => {
        const own = p.plan.probes.find(
          q => overIPv6(q) && q.leg === 'cluster-ip' && q.to.of.name === 'web-1' && q.from.os === 'linux',
        );
        p.fail(q => q.to.of.name === 'web-1-0' && !overIPv6(q), 'refused')
          .change(
            q => q.to.of.name === 'web-1-0' && overIPv6(q),
            r => ({...r, ok: false, error: 'not-tried'}),
          )
          .fail(q => q.id === own?.id, 'refused');
      }),
    'another of its pods is reached by nobody over IPv4, and the tries went there': () =>
      probedDualFleet(p => {
        const {probes} = p.plan;
        const over4 = probes.filter(q => !overIPv6(q));
        const twins = over4.filter(q => q.leg === 'cluster-ip' && q.backend !== undefined);
        // Somebody whose own node has not tried the pod that is dead.
        for (const own of twins) {
          const answering = probes.find(q => q.id === own.backend)?.to.of.name ?? '';
          const dead = `${own.to.of.name}-${answering.endsWith('-0') ? 1 : 0}`;
          const toDead = over4.filter(q => q.to.of.name === dead);
          if (toDead.length === 0 || toDead.some(q => q.from.node === own.from.node)) continue;
          p.fail(q => toDead.includes(q), 'unreachable').fail(q => q.id === own.id);
          return;
        }
        throw new Error('every node has tried every pod');
      }),
    'its backends are dead over IPv6 as well, and IPv4 works': () =>
      probedDualFleet(p => p.fail(q => overIPv6(q) && (q.leg === 'cluster-ip' || q.leg === 'backend'))),
    'the backend is dead as well': () => probedFleet(p => p.fail(of('cluster-ip')).fail(of('backend'))),
  },
  unknown: UNSEEN,
});
