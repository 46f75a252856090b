import {count} from '../../text/words.ts';
import {defineCheck, pass} from '../define.ts';
import {PROXY_FIXES} from './shared/fixes.ts';
import {balancersFile} from './shared/missing.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import {failOfNode} from './shared/sighting.ts';

/**
 * HNS that crashed comes back with a handful of load balancers, or with none, where hundreds were: 577 became 1
 * (https://github.com/kubernetes/kubernetes/issues/110849). Half of them and ten at least tell that from single ones that went
 * astray.
 */
const SHARE = 0.5;
const LEAST = 10;

export default defineCheck({
  id: 'SVC005',
  name: 'policies-collapsed',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS has lost the load balancers of a node',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: SERVICE_WANTS,
  perNode: true,
  docs: {
    what: 'Counts the load balancers that a Windows node must have by its Services, and those of them that HNS has. It fails where more than half, and ten at least, are missing.',
    why: 'HNS crashed or was restarted, or kube-proxy has not got far since it started: nearly every Service, cluster DNS among them, is dead for the pods of that node.',
    fix: [
      'See whether their number rises: after a start kube-proxy makes them one by one, and old versions need up to 30 s for each. `kubectl win hns loadbalancers --node NODE`.',
      'See whether HNS was restarted after kube-proxy: `kubectl win doctor --node NODE --check NOD012,NOD011,HNS001`.',
      ...PROXY_FIXES,
      'Upgrade kube-proxy to 1.24.10 or later, which notices that its load balancers are gone.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/issues/110849',
      'https://github.com/Azure/AKS/issues/2899',
      'https://github.com/kubernetes/kubernetes/issues/109162',
    ],
  },
  many: (fails, subjects) =>
    `HNS has lost most load balancers of ${count(subjects, 'node')}: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachServiceNode(input, function* (seen) {
      const {wanted} = seen.check;
      // Without endpoints of its pods kube-proxy has nothing to make them of: HNS011 tells of that.
      const missing = seen.check.missing.filter(m => !m.hasNoEndpoint);
      if (missing.length < LEAST || missing.length <= wanted * SHARE) {
        yield pass(seen.node);
        return;
      }
      const {name} = seen.node.metadata;
      yield failOfNode(
        seen,
        {now: input.now, unchangedSince: seen.runningSince},
        {
          cause: 'collapsed',
          message: `HNS of ${name} has ${wanted - missing.length} of the ${count(wanted, 'load balancer')} that its Services need`,
          evidence: [seen.at(balancersFile(seen), '')],
        },
      );
    });
  },
});
