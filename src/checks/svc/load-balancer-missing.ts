import {isClusterDns} from '../../kube/cluster-dns.ts';
import {defineCheck, pass} from '../define.ts';
import {balancersOn} from './shared/naming.ts';
import {DRAIN_FIX, PROXY_FIXES, SERVICES_DOC} from './shared/fixes.ts';
import {failOfMissing} from './shared/missing.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';

export default defineCheck({
  id: 'SVC001',
  name: 'load-balancer-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS lacks load balancers of Services',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Works out of Services, EndpointSlices and kube-proxy’s configuration which load balancers kube-proxy makes on each Windows node (cluster IPs, external and ingress addresses, forwarded health checks), and looks for each in HNS by address, protocol and port. Services without an endpoint that the node may use need none. Node ports are SVC011, cluster DNS is SVC006. Nodes whose Services Open vSwitch or eBPF balances are left out.',
    why: 'Pods on that node cannot reach the Service, though it works from everywhere else. kube-proxy does not look at HNS again once it believes a load balancer to be there.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: [
      SERVICES_DOC,
      'https://github.com/kubernetes/kubernetes/issues/135802',
      'https://github.com/kubernetes/kubernetes/issues/110674',
      'https://github.com/microsoft/hcsshim/issues/1043',
    ],
  },
  many: (fails, subjects) => `HNS lacks ${balancersOn(fails, subjects)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      const missing = seen.check.missing.filter(
        ({expected}) => expected.kind !== 'NodePort' && !isClusterDns(expected.service),
      );
      for (const one of missing) yield failOfMissing(one, seen, input);
      if (missing.length === 0) yield pass(seen.node);
    });
  },
});
