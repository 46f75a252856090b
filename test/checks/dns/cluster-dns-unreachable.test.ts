import check from '../../../src/checks/dns/cluster-dns-unreachable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from '../net/unseen.ts';

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
