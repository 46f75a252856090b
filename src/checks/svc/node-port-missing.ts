import {defineCheck, pass} from '../define.ts';
import {DRAIN_FIX, PROXY_FIXES, SERVICES_DOC} from './shared/fixes.ts';
import {failOfMissing} from './shared/missing.ts';
import {balancersOn} from './shared/naming.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';

export default defineCheck({
  id: 'SVC011',
  name: 'node-port-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS lacks load balancers of node ports',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Looks in HNS of each Windows node for the load balancer of every node port, which has no address but its port. With `externalTrafficPolicy: Local` only nodes with a ready pod of the Service need one; Services without node ports (`allocateLoadBalancerNodePorts: false`) need none.',
    why: 'Clients and cloud load balancers that come by that node get no answer.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: [SERVICES_DOC, 'https://github.com/kubernetes/kubernetes/issues/137530'],
  },
  many: (fails, subjects) => `HNS lacks ${balancersOn(fails, subjects)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      const missing = seen.check.missing.filter(({expected}) => expected.kind === 'NodePort');
      for (const one of missing) yield failOfMissing(one, seen, input);
      if (missing.length === 0) yield pass(seen.node);
    });
  },
});
