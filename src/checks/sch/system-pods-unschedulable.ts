import {isPending, pendingSince} from '../../kube/autoscaler.ts';
import {osOfNode} from '../../kube/os.ts';
import {Placements, isMirror, placedSpecs} from '../../kube/placement.ts';
import {taintText, tolerationYaml, untolerated} from '../../kube/taints.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {collected} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';
import type {Outcome} from '../define.ts';
import {wantedOs} from './shared/os-fit.ts';
import {scheduledRef} from './shared/pending.ts';

export default defineCheck({
  id: 'SCH016',
  name: 'system-pods-unschedulable',
  severity: 'error',
  since: '0.1.0',
  title: 'System pods tolerate the taints of no Linux node',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'namespaces'],
  docs: {
    what:
      'CoreDNS and the other Linux workloads of the system (namespace kube-system, or a priority class `system-…`; ' +
      'DaemonSets are left out) whose selector matches Linux nodes of which every one has a NoSchedule or NoExecute taint ' +
      'that they do not tolerate. It is a warning as long as none of their pods waits.',
    why:
      'Without CoreDNS no name resolves, for Windows pods neither; without its controllers the cluster stands still. ' +
      'It comes of tainting the pools of both systems, or of a cloud controller that never removes its `uninitialized` taint.',
    fix: [
      'Keep a Linux pool without taints for system pods, and taint only the Windows pool.',
      'Remove the taint: `kubectl taint nodes -l kubernetes.io/os=linux KEY-`, and where the pool is defined.',
      'Or give the system workload the toleration, by its add-on configuration.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
      'https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html',
    ],
  },
  *run({workloads, nodes, wants, source}) {
    if (!nodes.some(n => osOfNode(n) === 'linux')) {
      yield skip('the cluster has no Linux node: CLD003');
      return;
    }
    const placements = new Placements({...wants, nodes: collected(nodes), source});
    for (const workload of workloads) {
      const view = placedSpecs(workload).find(v => !isMirror(v) && wantedOs(v) !== 'windows');
      if (!view || workload.owner.kind === 'DaemonSet' || !isSystem(workload, view))
        yield skip('no system workload of Linux');
      else yield judge(workload, view, placements);
    }
  },
});

function isSystem({owner}: Workload, {spec}: SpecView): boolean {
  return owner.metadata.namespace === 'kube-system' || (spec.priorityClassName ?? '').startsWith('system-');
}

function judge(workload: Workload, view: SpecView, placements: Placements): Outcome {
  const terms = placements.termsOf(view);
  const {matched, allowed} = placements.place(terms);
  if (matched.linux.length === 0 || allowed.linux.length > 0) return pass(workload.owner);
  const [node] = matched.linux;
  const taint = node && untolerated(node.spec.taints, terms.tolerations);
  if (!node || !taint) return pass(workload.owner);
  const waiting = workload.pods.find(isPending);
  const since = waiting && pendingSince(waiting);
  const what = waiting ? `pod ${waiting.metadata.name} waits` : 'its next pod will wait';
  return failSpec(workload, {
    severity: waiting || workload.pods.length === 0 ? 'error' : 'warning',
    cause: taint.key,
    message: `${what}: it tolerates none of ${count(matched.linux.length, 'Linux node')}, which have taint \`${taintText(taint)}\``,
    evidence: [
      ref(node, `/spec/taints/${node.spec.taints?.indexOf(taint) ?? 0}`, taint),
      specRef(view, '/tolerations', view.spec.tolerations ?? []),
      ...(waiting ? [scheduledRef(waiting)] : []),
    ],
    ...(since !== undefined && {since}),
    fix: [
      'Keep a Linux pool without taints for system pods, and taint only the Windows pool.',
      `Remove the taint where it is not meant: \`kubectl taint nodes -l kubernetes.io/os=linux ${taint.key}-\`, and where the pool is defined.`,
      `Or let the workload tolerate it: \`${tolerationYaml(taint)}\`.`,
    ],
  });
}
