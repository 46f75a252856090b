import {serviceVerdict} from '../../probes/verdict.ts';
import {defineCheck} from '../define.ts';
import {LEG_WANTS, balancerOf, legCause} from './shared/legs.ts';
import {causeOf, eachVantage, failOf, refOf, targetSubject} from './shared/outcomes.ts';

export default defineCheck({
  id: 'NET007',
  name: 'pod-to-api-server',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods do not reach the API server',
  evidence: ['P', 'N', 'A'],
  needs: ['probes'],
  wants: LEG_WANTS,
  perNode: true,
  docs: {
    what: 'From inside a pod of each node connects to the Service `default/kubernetes` and to an API server behind it. Nothing is asked there.',
    why: 'Whatever talks to the API from that node fails: operators, agents of the network, CI delegates, tokens that are renewed.',
    fix: [
      'Where the address behind the Service answers, see its load balancer: `kubectl win hns graph --service default/kubernetes --node NODE`.',
      'Where it does not, let pods pass to the API server: firewalls and security groups often name the network of nodes alone, and outbound NAT may have an exception too many (HNS014).',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  *run(input) {
    yield* eachVantage(input, ['api-server'], function* ({tried, seen}) {
      for (const vip of tried) {
        if (vip.result.ok) continue;
        const backend = seen.byId(vip.probe.backend);
        const state = balancerOf(vip, input.wants);
        const verdict = serviceVerdict(vip, backend, state);
        const {os} = vip.probe.from;
        yield failOf(vip, {
          subject: targetSubject(vip),
          seen,
          cause: backend?.result.ok ? legCause(state, os) : `way to it: ${causeOf(backend ?? vip)}`,
          ...(verdict && {message: verdict.sentence}),
          evidence: [refOf(vip), ...(backend ? [refOf(backend)] : [])],
        });
      }
    });
  },
});
