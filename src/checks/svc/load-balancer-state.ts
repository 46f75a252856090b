import {hnsPlace} from '../../hns/place.ts';
import {generationGap} from '../../node/hns-objects.ts';
import {valueOn} from '../../node/on-node.ts';
import {missing} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {DRAIN_FIX, PROXY_FIXES} from './shared/fixes.ts';
import {nodesWithCounts, titleOf} from './shared/naming.ts';

/** What v1 says of a load balancer in order; `IsApplied` is false even then (`hnsdiag` on healthy nodes). */
const IN_ORDER = 2;

export default defineCheck({
  id: 'SVC008',
  name: 'load-balancer-state',
  severity: 'error',
  since: '0.1.0',
  title: 'Load balancers of HNS are not in order',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.loadbalancers'],
  wants: ['node.hns'],
  perNode: true,
  docs: {
    what: 'Reads the state of every load balancer, which only HNS’ older interface (v1) tells: 2 is in order. Suspected at first sight, as a load balancer that is just being made has another one, too.',
    why: 'HNS has it on its list and has not given it to the switch: connections to its address fail.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: ['https://github.com/microsoft/SDN/tree/master/Kubernetes/windows/debug'],
  },
  many: fails =>
    `${count(fails.length, 'load balancer')} of HNS are not in order on ${nodesWithCounts(fails)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const {'node.hns': answers} = input.wants;
    yield* eachNode(input, ['node.hns.loadbalancers'], function* ({node, facts, at}) {
      const balancers = facts['node.hns.loadbalancers'];
      const sick = balancers.filter(({state}) => state !== undefined && state !== IN_ORDER);
      for (const balancer of sick) {
        const {file, pointer} = hnsPlace('loadbalancers', balancer, 'state');
        yield fail(node, {
          cause: 'state',
          key: balancer.id,
          state: 'suspected',
          message: `The load balancer for ${titleOf(balancer)} on ${node.metadata.name} has state ${balancer.state}, and ${IN_ORDER} is in order`,
          evidence: [at(file, pointer, balancer.state)],
        });
      }
      if (sick.length > 0) return;
      if (balancers.every(({state}) => state !== undefined)) yield pass(node);
      else {
        const hns = valueOn(answers, node.metadata.name);
        const gap = hns && generationGap(hns, 'loadbalancers', 'v1');
        yield unknown(
          node,
          'node.hns.loadbalancers',
          gap ?? missing('failed', 'HNS did not say in what state its load balancers are'),
        );
      }
    });
  },
});
