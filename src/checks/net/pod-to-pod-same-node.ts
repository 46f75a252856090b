import {defineCheck} from '../define.ts';
import {eachVantage, failOf, summedUp, targetSubject} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET001',
  name: 'pod-to-pod-same-node',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods do not reach other pods of their own node',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod of each node connects by TCP to a port that another pod of the same node serves, by its address. It fails where nobody answers, or where the connection is refused though an EndpointSlice says that the pod serves the port.',
    why: 'What is on one node does not even leave it: the virtual switch, the pod itself or a firewall in its image is at fault, and everything that goes through that pod fails.',
    fix: [
      'See whether the pod serves the port: `kubectl describe pod` tells its containers, `kubectl logs` what they say.',
      'See its endpoint in HNS: `kubectl win hns endpoints --pod NS/NAME`.',
      'Delete the pod, where a controller makes it anew: its endpoint is made anew, too.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: summedUp('pod'),
  *run(input) {
    yield* eachVantage(input, ['pod-same-node'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.ok) continue;
        yield failOf(one, {subject: targetSubject(one), seen});
      }
    });
  },
});
