import {nodesOf} from '../../kube/os.ts';
import {formatBytes, parseQuantity} from '../../kube/quantity.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {lacks} from './shared/node-facts.ts';

const MI = 2 ** 20;
/**
 * What is missing from allocatable where nothing but the default eviction threshold is set: nothing before 1.31, 500Mi on
 * Windows since then, 100Mi where the default of Linux was copied
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds).
 */
const EVICTION_ONLY: ReadonlySet<number> = new Set([0, 100 * MI, 500 * MI]);

export default defineCheck({
  id: 'NOD019',
  name: 'nothing-reserved',
  severity: 'warning',
  since: '0.1.0',
  title: 'Nothing of the node’s memory is reserved for Windows itself',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Allocatable memory of each Windows node against its capacity. It fails where both are equal, or differ by the eviction threshold alone (100Mi or 500Mi): neither `kubeReserved` nor `systemReserved` is set.',
    why: 'The scheduler gives pods all of the memory. Windows, the kubelet and containerd need 2 GiB and more, reservations are not enforced on Windows, and there is no OOM killer: the node pages until nothing answers.',
    fix: [
      'Set `systemReserved` and `kubeReserved` (2Gi together or more) in the configuration of the kubelet.',
      'Until then, leave room on the node by requests of its pods.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/configuration/windows-resource-management/#resource-reservation',
    ],
  },
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const capacity = parseQuantity(node.status.capacity?.['memory']);
      const allocatable = parseQuantity(node.status.allocatable?.['memory']);
      if (capacity === undefined || allocatable === undefined) {
        yield lacks(node, 'memory capacity');
      } else if (EVICTION_ONLY.has(capacity - allocatable)) {
        const kept = capacity - allocatable;
        yield fail(node, {
          cause: 'nothing-reserved',
          message: `Node ${node.metadata.name} gives pods ${formatBytes(allocatable)} of its ${formatBytes(capacity)}: ${kept === 0 ? 'nothing is' : `only the eviction threshold of ${formatBytes(kept)} is`} kept for Windows itself`,
          evidence: [
            ref(node, '/status/allocatable/memory', node.status.allocatable?.['memory']),
            ref(node, '/status/capacity/memory', node.status.capacity?.['memory']),
          ],
        });
      } else yield pass(node);
    }
  },
});
