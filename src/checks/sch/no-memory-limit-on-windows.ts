import {osJudge} from '../../kube/os.ts';
import {placedSpecs} from '../../kube/placement.ts';
import {isFinished} from '../../kube/pods.ts';
import type {LimitRange} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {gapOf} from '../../snapshot/evidence.ts';
import {naming, splitByHostProcess} from '../../kube/containers.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {defineCheck, failSpec, pass, skip, specRef, unknown} from '../define.ts';
import type {Fail} from '../define.ts';

export default defineCheck({
  id: 'SCH010',
  name: 'no-memory-limit-on-windows',
  severity: 'warning',
  since: '0.1.0',
  title: 'A Windows container without a memory limit',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'limitRanges'],
  docs: {
    what:
      'Containers that stay (init containers that end are left out) in Windows pods without `resources.limits.memory`. ' +
      'What a LimitRange adds stands in live pods and is counted; for a template that has no pods yet, the default of a ' +
      'LimitRange in its namespace counts. For HostProcess containers it is information.',
    why:
      'Windows has no out-of-memory killer, and a request reserves nothing there. Containers without a limit take ' +
      'memory until the node pages and its commit charge is used up: then kubelet, containerd and every pod on the node fail together.',
    fix: [
      'Measure: `kubectl top pod -n NAMESPACE --containers`.',
      'Set the limit in the pod template with room for peaks, and the request equal to it: `resources: {requests: {memory: 1Gi}, limits: {memory: 1Gi}}`.',
      'Give the namespace a default: a LimitRange with `limits: [{type: Container, default: {memory: 1Gi}}]`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/configuration/windows-resource-management/',
      'https://kubernetes.io/docs/concepts/windows/intro/#resource-management',
    ],
  },
  *run({workloads, wants, source}) {
    const osOf = osJudge(wants);
    const defaulted = namespacesWithDefault(wants.limitRanges);
    const gap = gapOf(wants.limitRanges);
    for (const workload of workloads) {
      const views = limitedSpecs(workload).filter(v => osOf(v) === 'windows');
      if (views.length === 0) yield skip('not for Windows');
      else {
        const open = views.filter(
          v => v.pods.length > 0 || !defaulted.has(v.holder.metadata.namespace ?? 'default'),
        );
        const fails = unlimited(workload, open);
        if (fails.length === 0) yield pass(workload.owner);
        else if (gap && source !== 'files' && open.every(v => v.pods.length === 0)) {
          yield unknown(workload.owner, 'limitRanges', gap);
        } else yield* fails;
      }
    }
  },
});

/** Live specs, which hold what LimitRanges added, before the template. */
function limitedSpecs(workload: Workload): SpecView[] {
  const live = workload.live.filter(v => v.pods.some(p => !isFinished(p)));
  return live.length > 0 ? live : placedSpecs(workload);
}

/** One fail for ordinary containers, one for HostProcess containers. */
function unlimited(workload: Workload, views: SpecView[]): Fail[] {
  const kinds = [
    {severity: 'warning', cause: 'container', of: 'own', kind: ''},
    {severity: 'info', cause: 'host-process', of: 'host', kind: 'HostProcess '},
  ] as const;
  return kinds.flatMap(({severity, cause, of, kind}) => {
    for (const view of views) {
      const open = splitByHostProcess(view.spec)[of].filter(isUnlimited);
      const [first] = open;
      if (!first) continue;
      const more = open.length > 1 ? ` and ${open.length - 1} more` : '';
      const message = `${kind}${naming(first)}${more} has no memory limit, and may take all memory of its Windows node`;
      const evidence = open.map(p => specRef(view, `${p.pointer}/resources`, p.container.resources ?? {}));
      return [failSpec(workload, {severity, cause, message, evidence})];
    }
    return [];
  });
}

function isUnlimited({container, init}: PlacedContainer): boolean {
  const stays = !init || container.restartPolicy === 'Always';
  return stays && container.resources?.limits?.['memory'] === undefined;
}

function namespacesWithDefault(limitRanges: Evidence<LimitRange[]>): Set<string> {
  const ranges = limitRanges.ok ? limitRanges.value : [];
  const limiting = ranges.filter(({spec}) =>
    spec.limits?.some(l => l.type === 'Container' && l.default?.['memory'] !== undefined),
  );
  return new Set(limiting.map(r => r.metadata.namespace ?? 'default'));
}
