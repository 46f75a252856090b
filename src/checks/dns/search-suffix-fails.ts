import {placeText, wordsOf} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {isRefusedName} from '../net/shared/names.ts';
import {eachVantage, failOf, refOf} from '../net/shared/outcomes.ts';
import {NET_WANTS} from '../net/shared/seen.ts';

export default defineCheck({
  id: 'DNS004',
  name: 'search-suffix-fails',
  severity: 'error',
  since: '0.1.0',
  title: 'Short names of Services are not found',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node asks for a Service of the pod’s own namespace by its short name, with the suffixes that the pod has, and by its full name. It fails where only the full one is found. That Windows completes no name with a dot in it (`web.shop`) is a limit of Windows, and told as information.',
    why: 'Configuration that names Services shortly works on Linux and fails in these pods.',
    fix: [
      'See the suffixes that HNS gives the pod: `kubectl win hns endpoints --pod NS/NAME -o wide` (HNS017).',
      'See `dnsPolicy` and `dnsConfig` of the pod: `None` has only the suffixes named there.',
      'Write full names until then: `web.shop.svc.cluster.local`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows',
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/#limitations',
    ],
  },
  many: (fails, subjects) =>
    `Pods on ${count(subjects, 'node')} do not find short names, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, ['short-name', 'full-name'], function* ({node, tried, seen}) {
      const full = tried.filter(t => t.probe.leg === 'full-name' && t.result.ok);
      for (const short of tried.filter(t => t.probe.leg === 'short-name' && isRefusedName(t.result))) {
        const {probe, result} = short;
        const name = probe.query ?? '';
        const found = full.find(f => f.probe.query?.startsWith(`${name}.`));
        if (!found) continue;
        const isPartly = name.includes('.');
        yield failOf(short, {
          subject: {kind: 'Node', name: node},
          seen,
          cause: isPartly ? 'partly qualified' : 'suffix',
          ...(probe.byDesign && {severity: 'info' as const}),
          message: `${placeText(probe)} asks for ${name}, which ${wordsOf(result.error)}, while ${found.probe.query ?? ''} is found${probe.byDesign ? '; Windows completes no name with a dot in it' : ''}`,
          evidence: [refOf(short), refOf(found)],
        });
      }
    });
  },
});
