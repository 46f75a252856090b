import {defineCheck} from '../define.ts';
import {eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET004',
  name: 'node-to-pod',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes do not reach pods of other nodes',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From the network of each node itself connects by TCP to ports that pods of other nodes serve, by their addresses: the first step of the guide for Windows in Kubernetes. Where everything to or from a node fails that is NET011.',
    why: 'Probes, webhooks and whatever runs in the network of the host do not get to these pods, and where pods fail as well the way between the nodes is broken.',
    fix: [
      'See whether the pod serves the port, where the connection is refused: `kubectl describe pod`, `kubectl logs`.',
      'See the routes of the node and its HNS networks: `kubectl win hns check --node NODE`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/',
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
    ],
  },
  many: summedUp('pod'),
  *run(input) {
    yield* eachVantage(input, ['node-to-pod'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.ok || seen.isExplained(one.probe)) continue;
        yield failOf(one, {subject: targetSubject(one), seen});
      }
    });
  },
});
