import check from '../../../src/checks/dns/cluster-dns-unreachable.ts';
import type {Probe} from '../../../src/probes/types.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, overIPv6, probed, probedDualFleet, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from '../net/unseen.ts';

/** Whether the first is a connection between the nodes of the second. */
const isLink = (a: Probe, b: Probe): boolean =>
  a.leg === 'node-to-pod' && a.from.node === b.from.node && a.to.node === b.to.node;

checkCases({
  check,
  finds: {
    'nobody answers': () => [
      probedFleet(p => p.fail(q => q.leg.startsWith('dns-') && q.from.node === 'win-0')),
      {
        severity: 'error',
        subjects: ['Node//win-0'],
        cause: 'nobody answers',
        says: /gets no answer from cluster DNS 10\.100\.0\.10 \(it does not answer in time\), nor do its pods 10\./,
      },
    ],
    'UDP alone is lost': () => [
      probedFleet(p =>
        p.fail(q => q.leg === 'dns-vip' && q.protocol === 'dns-udp' && q.from.node === 'win-0'),
      ),
      {subjects: ['Node//win-0'], cause: 'UDP alone', says: /over UDP .* though it does over TCP/},
    ],
    'IPv6 alone is lost': () => [
      probedDualFleet(p => p.fail(q => overIPv6(q) && q.leg.startsWith('dns-') && q.from.node === 'win-0')),
      {
        subjects: ['Node//win-0'],
        cause: 'IPv6 alone',
        says: /gets no answer from cluster DNS fd00::10:100:0:10 .*, though it does from 10\.100\.0\.10$/,
      },
    ],
    'one of its pods is dead': () => [
      probed(healthy(), p => p.fail(q => q.leg === 'dns-backend' && q.to.of.name === 'coredns-1')),
      {
        subjects: ['Pod/kube-system/coredns-1'],
        cause: 'one of its pods',
        says: /the Service answers as long as/,
      },
    ],
    'one of its pods is dead, and all tries over one protocol went there': () => [
      probed(healthy(), p =>
        p
          .fail(q => q.leg === 'dns-backend' && q.to.of.name === 'coredns-1')
          .fail(q => q.leg === 'dns-vip' && q.protocol === 'dns-udp'),
      ),
      {
        subjects: ['Pod/kube-system/coredns-1'],
        cause: 'one of its pods',
        says: /the Service answers as long as/,
      },
    ],
    'one of its pods is dead, and no other was asked over that family': () => [
      probedDualFleet(p => p.fail(q => overIPv6(q) && q.leg === 'dns-backend' && q.from.node === 'win-0')),
      {
        subjects: ['Pod/shop/web-0-1'],
        cause: 'one of its pods',
        says: /\[fd00::\S+\]:53\).*; the Service answers as long as/,
      },
    ],
    'the one pod that was asked over IPv4 is out of reach, and all tries over UDP went there': () => [
      probedDualFleet(p => {
        const four = p.plan.probes.filter(q => !overIPv6(q));
        const asked = four.find(q => q.leg === 'dns-backend' && four.some(link => isLink(link, q)));
        const isLost = (q: Probe): boolean =>
          asked !== undefined &&
          (q.id === asked.id ||
            isLink(q, asked) ||
            (q.from.node === asked.from.node && q.leg === 'dns-vip' && q.protocol === 'dns-udp'));
        p.fail(q => !overIPv6(q) && isLost(q));
      }),
      {subjects: ['Pod/shop/web-1-0'], cause: 'one of its pods'},
    ],
    'a name is not found': () => [
      probed(healthy(), p =>
        p.fail(
          q => q.leg === 'full-name' && q.from.node === 'win-1' && q.query?.startsWith('web.') === true,
          'name-not-found',
        ),
      ),
      {
        subjects: ['Node//win-1'],
        cause: 'name of a Service',
        says: /web\.shop\.svc\.cluster\.local, which is not found/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'only the Service is dead, which is told otherwise': () => probedFleet(p => p.fail(of('dns-vip'))),
    'one name was asked of a pod that is dead': () =>
      probedFleet(p => p.fail(of('full-name', 'win-0'), 'refused')),
    'one name got no answer': () => probedFleet(p => p.fail(of('full-name', 'win-0'), 'no-answer')),
    'a short name is not found': () => probedFleet(p => p.fail(of('short-name'), 'name-not-found')),
  },
  unknown: UNSEEN,
});
