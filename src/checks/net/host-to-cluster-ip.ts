import {placeText, targetText} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {eachVantage, failOf} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET013',
  name: 'host-to-cluster-ip',
  severity: 'info',
  since: '0.1.0',
  title: 'Windows hosts do not reach Services, by design',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From the network of each Windows host connects to the cluster IP of a Service. That it fails is a limit of the Windows networking stack, above all for Services whose pods run on that host; pods reach them.',
    why: 'A test from the node, as one does it by hand after a deployment, fails though nothing is wrong.',
    fix: ['Test from a pod, as `kubectl win net check` does, or by the addresses of pods.'],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/#getting-started-deploying-a-windows-workload',
    ],
  },
  many: (fails, subjects) =>
    `${count(subjects, 'Windows host')} ${subjects === 1 ? 'does' : 'do'} not reach Services, which is so by design, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, ['host-cluster-ip'], function* ({node, tried, seen}) {
      for (const one of tried) {
        if (one.result.ok || !one.probe.byDesign) continue;
        yield failOf(one, {
          subject: {kind: 'Node', name: node},
          seen,
          cause: 'by design',
          message: `${placeText(one.probe)} does not reach ${targetText(one.probe.to)}, which only pods do on Windows`,
        });
      }
    });
  },
});
