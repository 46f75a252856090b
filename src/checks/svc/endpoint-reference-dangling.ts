import {hnsPlace} from '../../hns/place.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {DRAIN_FIX, PROXY_FIXES} from './shared/fixes.ts';
import {nodesWithCounts, some, titleOf} from './shared/naming.ts';

export default defineCheck({
  id: 'SVC007',
  name: 'endpoint-reference-dangling',
  severity: 'error',
  since: '0.1.0',
  title: 'Load balancers of HNS refer to endpoints that are gone',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.loadbalancers', 'node.hns.endpoints'],
  perNode: true,
  docs: {
    what: 'Looks up each endpoint that a load balancer of HNS refers to. Suspected at first sight: endpoints and load balancers are not listed in the same moment.',
    why: 'HNS sends connections to a port that does not exist: they time out by turns. kube-proxy cannot change such a load balancer (0x803b0007).',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: [
      'https://github.com/microsoft/hcsshim/issues/1043',
      'https://github.com/kubernetes/kubernetes/issues/112836',
    ],
  },
  many: fails =>
    `${count(fails.length, 'load balancer')} of HNS refer to endpoints that are gone on ${nodesWithCounts(fails)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const keys = ['node.hns.loadbalancers', 'node.hns.endpoints'] as const;
    yield* eachNode(input, keys, function* ({node, facts, gap, at}) {
      const known = new Set(facts['node.hns.endpoints'].map(e => e.id));
      let whole = true;
      for (const balancer of gap ? [] : facts['node.hns.loadbalancers']) {
        const gone = balancer.endpoints.filter(id => !known.has(id));
        if (gone.length === 0) continue;
        whole = false;
        const {file, pointer} = hnsPlace('loadbalancers', balancer, 'endpoints');
        yield fail(node, {
          cause: 'endpoint gone',
          key: balancer.id,
          state: 'suspected',
          message: `The load balancer for ${titleOf(balancer)} on ${node.metadata.name} refers to ${count(gone.length, 'endpoint')} that HNS does not have: ${some(gone)}`,
          evidence: [at(file, pointer)],
        });
      }
      if (whole) yield pass(node);
    });
  },
});
