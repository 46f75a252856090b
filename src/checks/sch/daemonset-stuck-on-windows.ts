import {nodeNamesOf} from '../../kube/os.ts';
import {isFinished, isReady} from '../../kube/pods.ts';
import type {Pod} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import {collected} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';
import {defineCheck, failSpec, pass, ref, skip} from '../define.ts';
import type {Fail, Ref} from '../define.ts';
import {isStuckOnWindows} from './shared/daemonset-on-windows.ts';
import {termsRef} from './shared/os-fit.ts';

/** Pods that are shown as proof. */
const MAX_PODS = 3;

export default defineCheck({
  id: 'SCH009',
  name: 'daemonset-stuck-on-windows',
  severity: 'error',
  since: '0.1.0',
  title: 'A Linux DaemonSet has pods stuck on Windows nodes',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  docs: {
    what:
      'DaemonSets that nothing shows to be for Windows and that have pods on Windows nodes, of which none is ready: they ' +
      'fail to pull or start, or are not ready after 10 minutes.',
    why:
      'The DaemonSet is never complete, its roll-outs wait for pods that cannot start, and each of them keeps requests and ' +
      'an address of a Windows node and fills its event log.',
    fix: [
      'Pin it: `kubectl -n NAMESPACE patch daemonset NAME -p \'{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/os":"linux"}}}}}\'`, ' +
        'and in the chart or operator that it comes from.',
      'Or take its blanket toleration (`operator: Exists` without key) away, so that taints of Windows nodes hold.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#running-pods-on-select-nodes',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations',
    ],
  },
  *run({workloads, nodes, now}) {
    const windows = nodeNamesOf('windows', collected(nodes));
    for (const workload of workloads) {
      if (workload.owner.kind !== 'DaemonSet') continue;
      const onWindows = workload.pods.filter(p => windows.has(p.nodeName ?? '') && !isFinished(p));
      if (onWindows.length === 0) yield skip('no pod of it sits on Windows');
      else if (isStuckOnWindows(workload, onWindows, now)) yield stuck(workload, onWindows);
      else yield pass(workload.owner);
    }
  },
});

function stuck(workload: Workload, pods: Pod[]): Fail {
  const [view] = workload.template ? [workload.template] : workload.live;
  const unready = pods.filter(p => !isReady(p));
  const reason = unready.flatMap(p => waiting(p)?.reason ?? [])[0];
  const nodes = new Set(unready.map(p => p.nodeName));
  const [node] = nodes;
  return failSpec(workload, {
    cause: 'stuck',
    ...(nodes.size === 1 && node !== undefined && {node}),
    message: `${count(unready.length, 'pod')} of this DaemonSet on Windows nodes ${unready.length === 1 ? 'is' : 'are'} not ready${reason ? ` (${reason})` : ''}, and nothing shows that it is for Windows`,
    evidence: [...(view ? [termsRef(view)] : []), ...unready.slice(0, MAX_PODS).map(proof)],
  });
}

function waiting(pod: Pod): {reason?: string; message?: string} | undefined {
  return pod.status.containerStatuses?.find(s => s.state?.waiting)?.state?.waiting;
}

function proof(pod: Pod): Ref {
  const index = pod.status.containerStatuses?.findIndex(s => s.state?.waiting) ?? -1;
  return index >= 0
    ? ref(pod, `/status/containerStatuses/${index}/state/waiting`, waiting(pod))
    : ref(pod, '/status/phase', pod.status.phase);
}
