import {osOfNode} from '../../kube/os.ts';
import {missing} from '../../snapshot/evidence.ts';
import {MINUTE, SECOND, duration, millis} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {leasesByNode} from './shared/node-facts.ts';

const DEFAULT_DURATION = 40 * SECOND;
/** Added to the lease's own duration, as lists of a large cluster take this long to come in. */
const TOLERANCE = MINUTE;

export default defineCheck({
  id: 'NOD007',
  name: 'heartbeat-stale',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes do not renew their lease',
  evidence: ['A'],
  needs: ['nodes', 'leases'],
  docs: {
    what: 'The renewTime of the lease of every node in `kube-node-lease` against the moment of the snapshot. It is stale a minute after its own duration (40 s) is over; a Linux node is a warning.',
    why: 'The kubelet is down or cut off from the API server: the node turns NotReady, nothing is started or stopped on it, and what its pods do is unknown.',
    fix: [
      'See whether the machine runs: `kubectl get node NODE -o wide`, then ping its address.',
      'On the node: `Get-Service kubelet`; its log says why it does not reach the API server.',
    ],
    links: ['https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats'],
  },
  *run({nodes, leases, now}) {
    const byNode = leasesByNode(leases);
    for (const node of nodes) {
      const lease = byNode.get(node.metadata.name);
      const renewed = millis(lease?.spec.renewTime);
      if (!lease || renewed === undefined) {
        const detail = `kube-node-lease holds no lease of ${node.metadata.name} that was ever renewed`;
        yield unknown(node, 'leases', missing('unsupported', detail));
        continue;
      }
      const term = (lease.spec.leaseDurationSeconds ?? DEFAULT_DURATION / SECOND) * SECOND;
      if (now - renewed <= term + TOLERANCE) {
        yield pass(node);
        continue;
      }
      yield fail(node, {
        severity: osOfNode(node) === 'windows' ? 'error' : 'warning',
        cause: 'not-renewed',
        message: `Node ${node.metadata.name} last renewed its lease ${duration(now - renewed)} ago`,
        evidence: [ref(lease, '/spec/renewTime', lease.spec.renewTime)],
        ...(lease.spec.renewTime !== undefined && {since: lease.spec.renewTime}),
      });
    }
  },
});
