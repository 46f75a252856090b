import {nodesOf, osOfNode} from '../../kube/os.ts';
import {isLastingTaint} from '../../kube/taints.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

export default defineCheck({
  id: 'SCH008',
  name: 'windows-nodes-untainted',
  severity: 'info',
  since: '0.1.0',
  title: 'Nothing keeps Linux pods off the Windows nodes',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what:
      'Windows nodes of a cluster that has Linux nodes, too, without any lasting NoSchedule or NoExecute taint; by ' +
      'convention `os=windows:NoSchedule`, on GKE `node.kubernetes.io/os=windows:NoSchedule`. AKS and EKS set none.',
    why:
      'Every Linux workload without a node selector, third-party charts among them, may land on Windows nodes and fail ' +
      'there. SCH001 names those that could today.',
    fix: [
      'First give the Windows workloads the toleration: `tolerations: [{key: os, operator: Equal, value: windows, effect: NoSchedule}]`.',
      'Then taint the pool where it is defined, so that new nodes have it: kubelet `--register-with-taints=os=windows:NoSchedule`, ' +
        '`az aks nodepool update --node-taints os=windows:NoSchedule`, a `taint` of the EKS node group.',
      'For the nodes that exist: `kubectl taint nodes -l kubernetes.io/os=windows os=windows:NoSchedule`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations'],
  },
  *run({nodes}) {
    const windows = nodesOf('windows', nodes);
    if (windows.length === 0 || !nodes.some(n => osOfNode(n) === 'linux')) {
      yield skip('not a cluster of both systems');
      return;
    }
    for (const node of windows) {
      const {taints = []} = node.spec;
      if (taints.some(isLastingTaint)) yield pass(node);
      else {
        yield fail(node, {
          cause: 'untainted',
          message: `Windows node ${node.metadata.name} has no taint that keeps Linux pods off it`,
          evidence: [ref(node, '/spec/taints', taints)],
        });
      }
    }
  },
});
