import {isClusterDns} from '../../kube/cluster-dns.ts';
import {defineCheck, pass} from '../define.ts';
import {DRAIN_FIX, PROXY_FIXES} from './shared/fixes.ts';
import {failOfMissing} from './shared/missing.ts';
import {balancersOn} from './shared/naming.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';

export default defineCheck({
  id: 'SVC006',
  name: 'dns-load-balancer-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS lacks a load balancer of cluster DNS',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Looks in HNS of each Windows node for the load balancers of cluster DNS (`kube-system/kube-dns`, or its like): one for each of its ports, UDP and TCP 53 as a rule.',
    why: 'Without the one for UDP no pod of that node finds any name; without the one for TCP long answers fail, so that some names work and others do not.',
    fix: [...PROXY_FIXES, DRAIN_FIX],
    links: [
      'https://github.com/Azure/AKS/issues/2899',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: (fails, subjects) => `HNS lacks ${balancersOn(fails, subjects)}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      const missing = seen.check.missing.filter(
        ({expected}) => expected.kind !== 'NodePort' && isClusterDns(expected.service),
      );
      for (const one of missing) yield failOfMissing(one, seen, input);
      if (missing.length === 0) yield pass(seen.node);
    });
  },
});
