import {pinnedOs, runtimeClassOf} from '../../kube/os.ts';
import {isMirror} from '../../kube/placement.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, skip} from '../define.ts';
import type {Outcome} from '../define.ts';
import {OsFit, termsRef} from './shared/os-fit.ts';

export default defineCheck({
  id: 'SCH014',
  name: 'os-name-absent',
  severity: 'info',
  since: '0.1.0',
  title: 'A template that is pinned to Windows has no `spec.os.name`',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what:
      'Pod templates (and bare pods) whose selector, required affinity or RuntimeClass leaves only Windows nodes, and ' +
      'that have no `spec.os.name`.',
    why:
      'Without it the API server does not know that the pod is for Windows: it accepts fields that have no effect there ' +
      '(POD002), and Pod Security holds the pod to rules that only make sense on Linux, such as a seccomp profile.',
    fix: [
      'Add it to the template: `spec: {os: {name: windows}}`, beside the node selector, as it pins nothing itself.',
      'Try it first, as fields that were ignored are then refused: `kubectl apply --dry-run=server -f FILE`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/#pod-os'],
  },
  *run(input) {
    const fit = new OsFit(input);
    for (const workload of input.workloads) {
      const view = workload.template ?? workload.live[0];
      if (!view || isMirror(view)) yield skip('no template');
      else yield judge(workload, view, isPinned(view, fit, input.wants.runtimeClasses));
    }
  },
});

function isPinned(view: SpecView, fit: OsFit, runtimeClasses: Parameters<typeof runtimeClassOf>[1]): boolean {
  const pinned = pinnedOs(view.spec, runtimeClassOf(view.spec, runtimeClasses));
  if (pinned) return pinned === 'windows';
  const {matched} = fit.placements.of(view);
  return matched.windows.length > 0 && matched.linux.length === 0 && fit.placements.has('linux');
}

function judge(workload: Workload, view: SpecView, pinned: boolean): Outcome {
  if (!pinned) return skip('not pinned to Windows');
  if (view.spec.os?.name) return pass(workload.owner);
  return failSpec(workload, {
    cause: 'absent',
    message: 'it is pinned to Windows nodes and has no `spec.os.name: windows`',
    evidence: [termsRef(view)],
  });
}
