import {isBlanket} from '../../kube/taints.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, skip, specRef} from '../define.ts';
import type {Outcome} from '../define.ts';
import type {OsFit} from './shared/os-fit.ts';
import {judgeFits, termsRef, wantedOs} from './shared/os-fit.ts';

export default defineCheck({
  id: 'SCH015',
  name: 'blanket-toleration-without-os',
  severity: 'warning',
  since: '0.1.0',
  title: 'A toleration of everything, and no OS',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what:
      'Workloads with a toleration of `operator: Exists` without key (for every effect, or for NoSchedule) whose selector ' +
      'and affinity match nodes of both systems, and that nothing shows to be for Windows. DaemonSets of agents for ' +
      'logs, metrics and storage are the usual ones.',
    why:
      'Taints are what keeps Linux pods off Windows nodes, and this toleration passes each of them: a DaemonSet then puts ' +
      'a pod that cannot start on every Windows node.',
    fix: [
      'Pin it: `nodeSelector: {kubernetes.io/os: linux}` in the pod template; most charts have a `nodeSelector` value.',
      'Or tolerate by key only what is meant, for example `{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#concepts',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations',
    ],
  },
  *run(input) {
    yield* judgeFits(input, (fit, workload, views) =>
      fit.placements.has('windows') ? judge(fit, workload, views) : skip('the cluster has no Windows node'),
    );
  },
});

function judge(fit: OsFit, workload: Workload, views: SpecView[]): Outcome {
  for (const view of views) {
    const index = fit.placements.termsOf(view).tolerations.findIndex(isBlanket);
    if (index < 0 || wantedOs(view) === 'windows' || !matchesBoth(fit, view)) continue;
    return failSpec(workload, {
      cause: 'blanket',
      message: 'it tolerates every taint and selects no OS, so taints do not keep it off Windows nodes',
      evidence: [specRef(view, `/tolerations/${index}`, view.spec.tolerations?.[index]), termsRef(view)],
    });
  }
  return pass(workload.owner);
}

function matchesBoth(fit: OsFit, view: SpecView): boolean {
  const {matched} = fit.placements.of(view);
  return matched.windows.length > 0 && matched.linux.length > 0;
}
