import {osOfImageName} from '../../kube/image-os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';
import type {Outcome, Ref} from '../define.ts';
import type {OsFit} from './shared/os-fit.ts';
import {isReady} from '../../kube/pods.ts';
import {count} from '../../text/words.ts';
import {judgeFits, termsRef, wantedOs} from './shared/os-fit.ts';

export default defineCheck({
  id: 'SCH002',
  name: 'windows-workload-may-land-on-linux',
  severity: 'warning',
  since: '0.1.0',
  title: 'A Windows workload may land on a Linux node',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what:
      "Workloads for Windows, by their images' names (`mcr.microsoft.com/windows/…`, tags with windowsservercore, " +
      'nanoserver or ltsc, `winamd64/…`), by Windows options or `spec.os`, or because all their pods run on Windows with ' +
      "images that Windows nodes hold. Their scheduling terms are evaluated against the cluster's nodes as in SCH001; it " +
      'fails where a Linux node is left, and is an error where a pod sits on one.',
    why:
      'The scheduler knows nothing of images. On a Linux node the pull ends with "no matching manifest", or the kubelet ' +
      'refuses the pod (PodOSNotSupported), and its controller makes the next one.',
    fix: [
      'Pin the workload: `spec: {nodeSelector: {kubernetes.io/os: windows}}` in its pod template.',
      'Give it the toleration of the Windows nodes besides, which alone pins nothing: `kubectl describe nodes -l kubernetes.io/os=windows` shows their taints.',
      'Or name a RuntimeClass that carries both: `runtimeClassName: windows-2022`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/user-guide/#ensuring-os-specific-workloads-land-on-the-appropriate-container-host',
    ],
  },
  *run(input) {
    yield* judgeFits(input, (fit, workload, views) => {
      const windows = views.filter(v => wantedOs(v) === 'windows' || runsOnWindowsOnly(fit, workload, v));
      if (windows.length === 0) return skip('not for Windows');
      return fit.lacks('linux') ? skip('the cluster has no Linux node') : judge(fit, workload, windows);
    });
  },
});

/** Pods that are ready on Windows and nowhere else, of images that Windows nodes hold, though no name shows it. */
function runsOnWindowsOnly(fit: OsFit, workload: Workload, view: SpecView): boolean {
  return (
    wantedOs(view) === undefined &&
    fit.sitting(workload, 'linux').length === 0 &&
    fit.sitting(workload, 'windows').some(isReady) &&
    fit.hasWindowsPlatform(view)
  );
}

function judge(fit: OsFit, workload: Workload, views: SpecView[]): Outcome {
  const pod = fit.sitting(workload, 'linux').find(p => !isReady(p));
  const [first] = views;
  if (pod && first) {
    const {nodeName = ''} = pod;
    return failSpec(workload, {
      severity: 'error',
      cause: 'landed',
      node: nodeName,
      message: `pod ${pod.metadata.name} is for Windows and sits on Linux node ${nodeName}`,
      evidence: [ref(pod, '/spec/nodeName', nodeName), whyWindows(first), termsRef(first)],
    });
  }
  const open = views.find(v => fit.placements.of(v).allowed.linux.length > 0);
  if (!open) return pass(workload.owner);
  const {linux} = fit.placements.of(open).allowed;
  const message = fit.placements.model
    ? 'it is for Windows, and nothing keeps its pods off Linux nodes'
    : `it is for Windows, and its pods may be placed on ${count(linux.length, 'Linux node')}`;
  return failSpec(workload, {cause: 'unpinned', message, evidence: [whyWindows(open), termsRef(open)]});
}

/** The fact that shows a spec to be for Windows. */
function whyWindows(view: SpecView): Ref {
  const {spec} = view;
  if (spec.os?.name) return specRef(view, '/os/name', spec.os.name);
  const all = containersOf(spec);
  const named = all.find(c => osOfImageName(c.container.image) === 'windows');
  if (named) return specRef(view, `${named.pointer}/image`, named.container.image);
  const options = all.find(c => c.container.securityContext?.windowsOptions);
  if (options) return specRef(view, `${options.pointer}/securityContext/windowsOptions`);
  return specRef(
    view,
    spec.securityContext?.windowsOptions ? '/securityContext/windowsOptions' : '/containers/0/image',
  );
}
