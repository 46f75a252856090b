import type {Waits} from '../../../kube/autoscaler.ts';
import {isPending, isPromise} from '../../../kube/autoscaler.ts';
import {nodesOf, osOfNode, pinnedOs} from '../../../kube/os.ts';
import type {Node, Pod} from '../../../kube/types.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Fail} from '../../define.ts';
import {ref} from '../../define.ts';

/** A few nodes prove the point. */
const SHOWN = 3;

/**
 * Tells that a cluster of Windows nodes has no Linux node: gives a maker of the fail, or nothing where all is well. It is
 * information while an autoscaler brings a node up for a pod that waits for Linux. Of a part of the nodes it tells nothing.
 */
export function missingLinuxNodes(
  known: Evidence<Node[]>,
  pods: Evidence<Pod[]>,
  waits: Waits,
): ((why: string) => Fail) | undefined {
  if (!known.ok || known.partial) return undefined;
  const nodes = known.value;
  const windows = nodesOf('windows', nodes);
  if (windows.length === 0 || nodes.some(n => osOfNode(n) === 'linux')) return undefined;
  const coming = (pods.ok ? pods.value : []).some(pod => {
    if (!isPending(pod) || pinnedOs(pod.spec) === 'windows') return false;
    const wait = waits.of(pod);
    return (
      wait !== 'unknown' && wait.severity === 'info' && wait.event !== undefined && isPromise(wait.event)
    );
  });
  return why => ({
    status: 'fail',
    subject: {kind: 'Cluster', name: 'cluster'},
    severity: coming ? 'info' : 'error',
    cause: 'no-linux-node',
    message: coming
      ? `the cluster has no Linux node yet, and an autoscaler is bringing one up: ${why}`
      : `all ${windows.length} nodes of the cluster run Windows: ${why}`,
    evidence: windows
      .slice(0, SHOWN)
      .map(node => ref(node, '/status/nodeInfo/operatingSystem', node.status.nodeInfo?.operatingSystem)),
  });
}
