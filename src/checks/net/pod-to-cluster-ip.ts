import {serviceVerdict} from '../../probes/verdict.ts';
import {defineCheck} from '../define.ts';
import {causeOf, eachVantage, failOf, refOf, sentenceOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET003',
  name: 'pod-to-cluster-ip',
  severity: 'error',
  since: '0.1.0',
  title: 'Services do not answer',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node, and from Linux hosts, connects by TCP to cluster IPs of Services, and from the pods to a backend of each. It fails where the Service does not answer and its backend does not either, or was not tried. Where the backend answers that is NET010.',
    why: 'Whoever uses the Service from that node gets no answer.',
    fix: [
      'Look at the backend first, as it fails by itself: `kubectl get endpointslices -n NS -l kubernetes.io/service-name=NAME`, then `kubectl describe pod`.',
      'Where only some nodes do not reach it, look at these: `kubectl win hns check --node NODE`.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/#load-balancing-and-services',
    ],
  },
  many: summedUp('Service'),
  *run(input) {
    yield* eachVantage(input, ['cluster-ip', 'host-cluster-ip'], function* ({tried, seen}) {
      for (const vip of tried) {
        const backend = seen.byId(vip.probe.backend);
        // What Windows hosts cannot do is NET013.
        if (vip.result.ok || vip.probe.byDesign) continue;
        const isOther = !(backend && !backend.result.ok) && seen.isPartlyLost(vip.probe);
        if (isOther) {
          yield failOf(vip, {
            subject: targetSubject(vip),
            seen,
            cause: 'another backend',
            message: `${sentenceOf(vip)}; one of those behind it is not reached from there, and some of its connections go to that one`,
          });
          continue;
        }
        if (backend?.result.ok) continue;
        const verdict = serviceVerdict(vip, backend, undefined);
        const of = backend && seen.workloadOf(backend.probe.to.of);
        yield failOf(vip, {
          subject: targetSubject(vip),
          seen,
          cause: backend ? `backend: ${causeOf(backend)}` : `no backend tried: ${causeOf(vip)}`,
          ...(of !== undefined && {workload: of}),
          ...(verdict && {message: verdict.sentence}),
          evidence: [refOf(vip), ...(backend ? [refOf(backend)] : [])],
        });
      }
    });
  },
});
