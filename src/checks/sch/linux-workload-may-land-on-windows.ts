import {isLinuxOnlyImage} from '../../kube/image-os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';
import type {Fail, Outcome} from '../define.ts';
import {isStuckOnWindows} from './shared/daemonset-on-windows.ts';
import type {OsFit} from './shared/os-fit.ts';
import {isReady} from '../../kube/pods.ts';
import {count} from '../../text/words.ts';
import {judgeFits, lacksPlatform, onlyPrefersOs, termsRef, wantedOs} from './shared/os-fit.ts';

export default defineCheck({
  id: 'SCH001',
  name: 'linux-workload-may-land-on-windows',
  severity: 'warning',
  since: '0.1.0',
  title: 'A workload that is not for Windows may land on a Windows node',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what:
      'Every workload that nothing shows to be for Windows: its node selector, required node affinity, RuntimeClass, the ' +
      "node selector of its namespace and its tolerations are evaluated against the cluster's nodes as the scheduler " +
      'does it. It fails where nodes of both systems are left. A preference pins nothing, and neither does `spec.os`. ' +
      'Images that Windows nodes hold, and pods that are ready there, are taken as proof that it runs on both. It is an ' +
      'error where a pod sits on Windows and its image has no Windows platform. `lint` judges on a model node of each ' +
      'system without taints, unless its input holds Node objects.',
    why:
      'The scheduler takes whatever node has room. A Linux image on Windows cannot be pulled or started, so a roll-out, a ' +
      'scale-up or a drained node suddenly leaves pods in ImagePullBackOff or ContainerCreating.',
    fix: [
      'Pin the workload: `spec: {nodeSelector: {kubernetes.io/os: linux}}` in its pod template.',
      'Keep everything that does not tolerate it off the Windows nodes: `kubectl taint nodes -l kubernetes.io/os=windows os=windows:NoSchedule`, ' +
        'after the Windows workloads have the toleration.',
      'Where the image runs on both systems on purpose, say which you prefer, and leave it: `--ignore` with a reason.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/#ensuring-os-specific-workloads-land-on-the-appropriate-container-host',
      'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
    ],
  },
  *run(input) {
    yield* judgeFits(input, (fit, workload, views) => {
      if (fit.lacks('windows')) return skip('the cluster has no Windows node');
      // SCH009 tells of those, and of what they do there.
      if (isStuckOnWindows(workload, fit.sitting(workload, 'windows'), input.now))
        return skip('judged by SCH009');
      const others = views.filter(v => wantedOs(v) !== 'windows');
      return others.length === 0 ? skip('for Windows') : judge(fit, workload, others);
    });
  },
});

function judge(fit: OsFit, workload: Workload, views: SpecView[]): Outcome {
  const stranded = strandedPod(fit, workload, views);
  if (stranded) return stranded;
  for (const view of views) {
    const {allowed} = fit.placements.of(view);
    if (allowed.windows.length === 0 || allowed.linux.length === 0) continue;
    if (fit.sitting(workload, 'windows').some(isReady)) continue;
    if (wantedOs(view) !== 'linux' && fit.hasWindowsPlatform(view)) continue;
    const preferred = onlyPrefersOs(view) ? ' (a preferred affinity does not pin it)' : '';
    const message = fit.placements.model
      ? `nothing keeps its pods off Windows nodes${preferred}`
      : `its pods may be placed on ${count(allowed.windows.length, 'Windows node')} as well as on ${count(allowed.linux.length, 'Linux node')}${preferred}`;
    return failSpec(workload, {cause: 'unpinned', message, evidence: [termsRef(view)]});
  }
  return pass(workload.owner);
}

/** A pod on Windows of which an image is for Linux only. */
function strandedPod(fit: OsFit, workload: Workload, views: SpecView[]): Fail | undefined {
  for (const pod of fit.sitting(workload, 'windows')) {
    const view = views.find(v => v.pods.includes(pod)) ?? views[0];
    const placed =
      view &&
      containersOf(pod.spec).find(
        c => isLinuxOnlyImage(c.container.image) || lacksPlatform(c.container, pod),
      );
    if (!placed || isReady(pod)) continue;
    const {nodeName} = pod;
    return failSpec(workload, {
      severity: 'error',
      cause: 'landed',
      ...(nodeName !== undefined && {node: nodeName}),
      message: `pod ${pod.metadata.name} sits on Windows node ${nodeName ?? ''}, and its image ${placed.container.image ?? ''} has no Windows platform`,
      evidence: [
        ref(pod, '/spec/nodeName', nodeName),
        specRef({...view, holder: pod, path: '/spec'}, `${placed.pointer}/image`, placed.container.image),
        termsRef(view),
      ],
    });
  }
  return undefined;
}
