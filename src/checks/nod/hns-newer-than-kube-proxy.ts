import {programOf} from '../../node/processes.ts';
import {serviceNamed} from '../../node/services.ts';
import {missing} from '../../snapshot/evidence.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** `kube-proxy` waits for its network before it makes load balancers: what starts within that time is one start. */
const TOGETHER = 2 * MINUTE;

export default defineCheck({
  id: 'NOD012',
  name: 'hns-newer-than-kube-proxy',
  severity: 'info',
  since: '0.1.0',
  title: 'HNS was started after kube-proxy',
  evidence: ['N'],
  needs: ['nodes', 'node.services', 'node.processes'],
  perNode: true,
  docs: {
    what: 'When the process of the HNS service started, against the kube-proxy of the node. One that is newer was restarted, or crashed, since kube-proxy made its load balancers. HNS also starts on demand, so that it is information only, and tells by itself nothing of what is missing.',
    why: 'The load balancers of kube-proxy are gone with the HNS that held them, and kube-proxy does not notice: Services do not answer from this node.',
    fix: [
      'See whether Services answer from pods of the node; if not, restart kube-proxy there.',
      'Find why HNS restarted: `kubectl win doctor --node NODE --check NOD011`.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/139519',
      'https://github.com/Azure/AgentBaker/tree/master/staging/cse/windows',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.services', 'node.processes'], function* ({node, facts, at}) {
      const hns = serviceNamed(facts['node.services'], 'hns');
      const proxy = facts['node.processes'].find(p => /^kube-?proxy(?:\.exe)?$/i.test(programOf(p)));
      const hnsStart = millis(hns?.startedAt);
      const proxyStart = millis(proxy?.startedAt);
      if (!proxy) yield skip('no kube-proxy runs on the node');
      else if (!hns || hnsStart === undefined || proxyStart === undefined) {
        yield unknown(
          node,
          'node.services',
          missing('failed', 'when HNS and kube-proxy started is not known'),
        );
      } else if (hnsStart - proxyStart <= TOGETHER) yield pass(node);
      else {
        yield fail(node, {
          cause: 'hns restarted',
          message: `HNS of ${node.metadata.name} started ${duration(hnsStart - proxyStart)} after kube-proxy`,
          evidence: [
            at('services.json', `/${hns.index}/startedAt`, hns.startedAt),
            at('processes.json', `/${proxy.index}/startedAt`, proxy.startedAt),
          ],
          ...(hns.startedAt !== undefined && {since: hns.startedAt}),
        });
      }
    });
  },
});
