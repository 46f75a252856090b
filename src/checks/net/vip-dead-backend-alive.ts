import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {LEG_WANTS, deadVip, legCause} from './shared/legs.ts';
import {eachVantage, failOf, refOf, targetSubject} from './shared/outcomes.ts';

export default defineCheck({
  id: 'NET010',
  name: 'vip-dead-backend-alive',
  severity: 'error',
  since: '0.1.0',
  title: 'Services do not answer though their pods do',
  evidence: ['P', 'N', 'A'],
  needs: ['probes'],
  wants: LEG_WANTS,
  perNode: true,
  docs: {
    what: 'From inside a pod of each node connects to cluster IPs of Services and to a backend of each, and fails where only the backend answers. What HNS of the node has for the address tells the leg: no load balancer, one that leads elsewhere, or the right one, which the virtual switch (VFP) does not follow.',
    why: 'Whoever uses the Service from that node gets no answer, while its pods are well and every other node reaches it.',
    fix: [
      'See the way on the node: `kubectl win hns graph --service NS/NAME --node NODE`.',
      'See what kube-proxy says of it: `kubectl win logs node/NODE --source kube-proxy`.',
      'Restart kube-proxy on the node. It first deletes every load balancer there: all Services, DNS among them, fail from its pods until it has made them anew.',
      'Where HNS has everything right, drain the node and restart it: the virtual switch has lost what HNS told it.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
      'https://github.com/kubernetes/kubernetes/issues/135802',
      'https://github.com/projectcalico/calico/issues/12862',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: (fails, subjects) => {
    const nodes = new Set(fails.map(f => f.node)).size;
    return `${count(subjects, 'Service')} ${subjects === 1 ? 'does' : 'do'} not answer from ${count(nodes, 'node')} though ${subjects === 1 ? 'its pods do' : 'their pods do'}, such as: ${fails[0]?.message ?? ''}`;
  },
  *run(input) {
    yield* eachVantage(input, ['cluster-ip'], function* ({tried, seen}) {
      for (const vip of tried) {
        const isOther = vip.result.ok || seen.isPartlyLost(vip.probe);
        const backend = isOther ? undefined : seen.byId(vip.probe.backend);
        const dead = deadVip(vip, backend, input.wants);
        if (!dead || !backend) continue;
        yield failOf(vip, {
          subject: targetSubject(vip),
          seen,
          cause: legCause(dead.state, vip.probe.from.os),
          message: dead.verdict.sentence,
          evidence: [refOf(vip), refOf(backend), ...dead.seenAt],
        });
      }
    });
  },
});
