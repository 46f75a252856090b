import {osOfNode} from '../../kube/os.ts';
import type {Severity} from '../define.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {conditionRefs} from './shared/node-facts.ts';
import {conditionsOf} from '../../kube/node-conditions.ts';

/** Conditions of the kubelet and the cloud that are bad when True. */
const BAD: ReadonlyMap<string, {says: string; fix: string}> = new Map([
  [
    'MemoryPressure',
    {
      says: 'is short of memory',
      fix: '`kubectl top pods -A --sort-by=memory`: give containers memory limits, or move pods.',
    },
  ],
  [
    'DiskPressure',
    {
      says: 'is short of disk space',
      fix: 'Remove unused images on the node: `crictl rmi --prune`; use a larger disk for the pool.',
    },
  ],
  [
    'PIDPressure',
    {says: 'is short of process ids', fix: 'Find the pod with runaway processes and limit it.'},
  ],
  [
    'NetworkUnavailable',
    {says: 'has no pod network', fix: 'Look at the CNI pods of the node and the routes of the cloud.'},
  ],
]);

export default defineCheck({
  id: 'NOD005',
  name: 'node-pressure',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes are short of memory, disk or network',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The conditions MemoryPressure, DiskPressure, PIDPressure and NetworkUnavailable of every node; True is a fault. Windows has no PIDPressure, whatever its condition says, so it is left out there. On a Linux node it is a warning.',
    why: 'Pods are evicted or not admitted. Windows nodes have no OOM killer that acts early: short of memory they page, and everything on them slows down.',
    fix: ['`kubectl describe node NODE`: who uses what.', 'Move pods, or use larger nodes.'],
    links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  },
  *run({nodes}) {
    for (const node of nodes) {
      const isWindows = osOfNode(node) === 'windows';
      const severity: Severity = isWindows ? 'error' : 'warning';
      let isWell = true;
      for (const found of conditionsOf(node)) {
        const {type, status, lastTransitionTime} = found.condition;
        const bad = BAD.get(type);
        if (!bad || status !== 'True' || (isWindows && type === 'PIDPressure')) continue;
        isWell = false;
        yield fail(node, {
          severity,
          cause: type,
          message: `Node ${node.metadata.name} ${bad.says} (${type})`,
          evidence: conditionRefs(node, found),
          fix: [`\`kubectl describe node ${node.metadata.name}\``, bad.fix],
          ...(lastTransitionTime !== undefined && {since: lastTransitionTime}),
        });
      }
      if (isWell) yield pass(node);
    }
  },
});
