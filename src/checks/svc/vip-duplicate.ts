import {frontendsByKey} from '../../hns/found-load-balancers.ts';
import {hnsPlace} from '../../hns/place.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {DRAIN_FIX, PROXY_FIXES} from './shared/fixes.ts';
import {foundName, nodesWithCounts} from './shared/naming.ts';

export default defineCheck({
  id: 'SVC004',
  name: 'vip-duplicate',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS has several load balancers for one address and port',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.loadbalancers'],
  perNode: true,
  docs: {
    what: 'Looks for two load balancers of HNS with the same virtual address (or node port), protocol and port. Suspected at first sight: kube-proxy makes a new one before the old one is gone.',
    why: 'Which of them takes a connection is left to chance: some go to the pods of a Service that is long deleted. Windows Server 2019 is known for it.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: ['https://github.com/kubernetes/kubernetes/issues/113524'],
  },
  many: fails =>
    `HNS has several load balancers for each of ${count(fails.length, 'address')} on ${nodesWithCounts(fails)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachNode(input, ['node.hns.loadbalancers'], function* ({node, facts, at}) {
      let alone = true;
      for (const same of frontendsByKey(facts['node.hns.loadbalancers']).values()) {
        const [first] = same;
        if (!first || same.length === 1) continue;
        alone = false;
        const name = foundName(first);
        yield fail(node, {
          cause: 'duplicate',
          key: name,
          state: 'suspected',
          message: `HNS of ${node.metadata.name} has ${same.length} load balancers for ${name}`,
          evidence: same.map(({balancer}) => {
            const {file, pointer} = hnsPlace('loadbalancers', balancer);
            return at(file, pointer);
          }),
        });
      }
      if (alone) yield pass(node);
    });
  },
});
