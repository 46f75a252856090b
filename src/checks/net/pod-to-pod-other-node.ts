import {defineCheck} from '../define.ts';
import {eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET002',
  name: 'pod-to-pod-other-node',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods do not reach pods of other nodes',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node connects by TCP to ports that pods of other nodes serve, by their addresses. Where everything to or from a node fails that is NET011, where one operating system does not reach the other NET008.',
    why: 'Services that send there fail now and then: with each connection that goes that way.',
    fix: [
      'See whether the pod serves the port, where the connection is refused: `kubectl describe pod`, `kubectl logs`.',
      'See what HNS has of the pod and of the way to its node: `kubectl win hns check --node NODE`.',
      'Where nodes are in several networks or zones, let UDP 4789 or 8472 (VXLAN), or the routes of pods, pass between all of them.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/',
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
    ],
  },
  many: summedUp('pod'),
  *run(input) {
    yield* eachVantage(input, ['pod-other-node'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.ok || seen.isExplained(one.probe)) continue;
        yield failOf(one, {subject: targetSubject(one), seen});
      }
    });
  },
});
