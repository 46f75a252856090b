import {kubeProxyProcess} from '../../kube-proxy/config.ts';
import {serviceNamed} from '../../node/services.ts';
import type {Node} from '../../kube/types.ts';
import {collected, missing} from '../../snapshot/evidence.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import type {CheckInput, Fail} from '../define.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {stateOf} from '../second-look.ts';
import {loadBalancersOf} from '../svc/shared/service-node.ts';

/** `kube-proxy` waits for its network before it makes load balancers: what starts within that time is one start. */
const TOGETHER = 2 * MINUTE;

/** What tells whether anything is missing since. */
const BALANCERS = [
  'services',
  'endpointSlices',
  'workloads',
  'configMaps',
  'node.hns',
  'node.hns.networks',
  'node.hns.endpoints',
  'node.hns.loadbalancers',
] as const;

export default defineCheck({
  id: 'NOD012',
  name: 'hns-newer-than-kube-proxy',
  severity: 'info',
  since: '0.1.0',
  title: 'HNS was started after kube-proxy',
  evidence: ['N'],
  needs: ['nodes', 'node.services', 'node.processes'],
  wants: BALANCERS,
  perNode: true,
  docs: {
    what: 'When the process of the HNS service started, against the kube-proxy of the node. One that is newer was restarted, or crashed, since kube-proxy made its load balancers. HNS also starts on demand: it is an error where load balancers that Services need are missing there (SVC001, SVC005), else information.',
    why: 'The load balancers of kube-proxy are gone with the HNS that held them, and kube-proxy does not notice: Services do not answer from this node.',
    fix: [
      'See what is missing: `kubectl win hns check --node NODE`.',
      'Restart kube-proxy on the node where load balancers are missing. It first deletes what is left of them: all Services, DNS among them, fail from its pods until it has made them anew, which takes seconds to minutes.',
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
      const proxy = kubeProxyProcess(facts['node.processes']);
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
        const lacks = missingOn(node, input);
        const {name} = node.metadata;
        yield fail(node, {
          ...(lacks === undefined ? {cause: 'hns restarted'} : graver(hnsStart, input.now)),
          message: `HNS of ${name} started ${duration(hnsStart - proxyStart)} after kube-proxy${lacks ?? ''}`,
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

/** kube-proxy of later versions notices it by itself. */
function graver(since: number, now: number): Pick<Fail, 'cause' | 'severity' | 'state'> {
  const state = stateOf({at: now, unchangedSince: since}) === 'confirmed' ? 'confirmed' : 'suspected';
  return {cause: 'load balancers gone', severity: 'error', state};
}

type Input = CheckInput<'nodes' | 'node.services' | 'node.processes', (typeof BALANCERS)[number]>;

/** How many load balancers that Services need are not there; undefined where none is missing, or nobody can tell. */
function missingOn(node: Node, input: Input): string | undefined {
  const own = {
    nodes: collected(input.nodes),
    'node.services': collected(input['node.services']),
    'node.processes': collected(input['node.processes']),
  };
  const check = loadBalancersOf(node, {...input.wants, ...own});
  if (!check || check.missing.length === 0) return undefined;
  return `, and ${check.missing.length} of the ${count(check.wanted, 'load balancer')} that Services need are missing`;
}
