import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {LEG_WANTS, deadVip, legCause} from '../net/shared/legs.ts';
import {eachVantage, failOf, refOf, targetSubject} from '../net/shared/outcomes.ts';

export default defineCheck({
  id: 'DNS002',
  name: 'dns-vip-dead-backend-alive',
  severity: 'error',
  since: '0.1.0',
  title: 'Cluster DNS does not answer by its Service, though its pods do',
  evidence: ['P', 'N', 'A'],
  needs: ['probes'],
  wants: LEG_WANTS,
  perNode: true,
  docs: {
    what: 'From inside a pod of each node asks cluster DNS by the address of its Service and by those of its pods, and fails where only the pods answer. What HNS of the node has for the address tells the leg: no load balancer for that protocol, one that leads elsewhere, or the right one, which the virtual switch (VFP) does not follow.',
    why: 'No pod of that node finds any name, while DNS itself is well and pods of other nodes find everything.',
    fix: [
      'See the way on the node: `kubectl win hns graph --service kube-system/kube-dns --node NODE`.',
      'See what kube-proxy says of it: `kubectl win logs node/NODE --source kube-proxy`.',
      'Restart kube-proxy on the node. It first deletes every load balancer there: all Services fail from its pods until it has made them anew.',
      'Where HNS has everything right, drain the node and restart it: the virtual switch has lost what HNS told it.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
      'https://github.com/Azure/AKS/issues/2899',
      'https://github.com/kubernetes/kubernetes/issues/110674',
    ],
  },
  many: (fails, subjects) =>
    `${count(subjects, 'address')} of cluster DNS ${subjects === 1 ? 'does' : 'do'} not answer from ${count(new Set(fails.map(f => f.node)).size, 'node')}, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, ['dns-vip', 'dns-backend'], function* ({tried, seen}) {
      const all = tried.filter(t => t.probe.leg === 'dns-vip');
      for (const [host, vips] of Map.groupBy(all, t => t.probe.to.host)) {
        // A backend of the other family tells nothing of the way of this one.
        const alive = tried.find(
          t =>
            t.probe.leg === 'dns-backend' &&
            t.result.ok &&
            t.probe.to.host.includes(':') === host.includes(':'),
        );
        const dead = vips
          .filter(t => !t.result.ok)
          .flatMap(vip => {
            const found = deadVip(vip, alive, input.wants);
            return found ? [{vip, ...found}] : [];
          });
        const worst = dead.find(d => d.state === 'missing') ?? dead[0];
        // Where one protocol works the way is there: that is DNS001, unless HNS lacks the other's load balancer.
        const isWhole = vips.every(t => !t.result.ok);
        if (!worst || !alive || !(isWhole || worst.state === 'missing')) continue;
        yield failOf(worst.vip, {
          subject: targetSubject(worst.vip),
          seen,
          cause: legCause(worst.state, worst.vip.probe.from.os),
          message: worst.verdict.sentence,
          evidence: [...dead.map(d => refOf(d.vip)), refOf(alive), ...worst.seenAt],
        });
      }
    });
  },
});
