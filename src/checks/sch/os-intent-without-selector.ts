import {osOf} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {Os} from '../../kube/os.ts';
import type {Pod, Toleration} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';
import type {Fail, Outcome, Ref} from '../define.ts';
import type {OsFit} from './shared/os-fit.ts';
import {judgeFits, termsRef} from './shared/os-fit.ts';

/** What the kubelet answers to a pod of another OS, or of labels that its node has not. */
const REFUSALS = new Set(['PodOSNotSupported', 'PodOSSelectorNodeLabelDoesNotMatch']);
/** Keys by which Windows nodes are tainted; on GKE the second. */
const OS_TAINTS = new Set(['os', 'node.kubernetes.io/os', 'kubernetes.io/os']);

/** A field that shows what a spec is for without pinning it. */
interface Intent {
  os: Os;
  text: string;
  evidence: Ref;
}

export default defineCheck({
  id: 'SCH013',
  name: 'os-intent-without-selector',
  severity: 'warning',
  since: '0.1.0',
  title: 'A pod says what OS it is for, but nothing pins it there',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what:
      'Workloads that show their OS by `spec.os.name`, by `windowsOptions` or by a toleration for Windows nodes, while ' +
      "no selector, required affinity or RuntimeClass pins them and the cluster's nodes (for `lint`, a model node of " +
      'each OS) of the other system would take them. It is an error where a kubelet has refused a pod for it (PodOSNotSupported).',
    why:
      'The scheduler reads none of the three: `spec.os` only tells the API server and the kubelet what to expect, and a ' +
      'toleration allows without asking. The pod lands on the other system, fails there, and is made anew.',
    fix: [
      'Add what the scheduler reads to the pod template: `nodeSelector: {kubernetes.io/os: windows}` (or `linux`).',
      'Or name a RuntimeClass with `scheduling.nodeSelector`.',
      'Remove pods that a kubelet refused: `kubectl delete pod -n NAMESPACE --field-selector status.phase=Failed`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/pods/#pod-os',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#ensuring-os-specific-workloads-land-on-the-appropriate-container-host',
    ],
  },
  *run(input) {
    const refused = new Set<Workload>();
    for (const workload of input.workloads) {
      const pod = workload.pods.find(p => REFUSALS.has(p.status.reason ?? ''));
      if (!pod) continue;
      refused.add(workload);
      yield refusal(workload, pod);
    }
    yield* judgeFits(input, (fit, workload, views) =>
      refused.has(workload) ? skip('told of already') : judge(fit, workload, views),
    );
  },
});

function refusal(workload: Workload, pod: Pod): Fail {
  const {nodeName, status} = pod;
  return failSpec(workload, {
    severity: 'error',
    cause: 'refused',
    ...(nodeName !== undefined && {node: nodeName}),
    message: `the kubelet of node ${nodeName ?? ''} refused pod ${pod.metadata.name}: ${status.reason ?? ''}`,
    evidence: [
      ref(pod, '/status/reason', status.reason),
      ref(pod, '/spec/nodeSelector', pod.spec.nodeSelector ?? {}),
    ],
  });
}

function judge(fit: OsFit, workload: Workload, views: SpecView[]): Outcome {
  let shown = false;
  for (const view of views) {
    const intent = intentOf(view, fit);
    if (!intent) continue;
    shown = true;
    const {allowed} = fit.placements.of(view);
    const other = intent.os === 'windows' ? 'linux' : 'windows';
    if (allowed[other].length === 0) continue;
    return failSpec(workload, {
      cause: `${intent.os}-unpinned`,
      message: `${intent.text} shows that it is for ${intent.os}, but no selector, required affinity or RuntimeClass keeps it off ${other} nodes`,
      evidence: [intent.evidence, termsRef(view)],
    });
  }
  return shown ? pass(workload.owner) : skip('shows no OS');
}

function intentOf(view: SpecView, fit: OsFit): Intent | undefined {
  const {spec} = view;
  const named = osOf(spec.os?.name);
  if (named) return {os: named, text: '`spec.os.name`', evidence: specRef(view, '/os/name', named)};
  const at = optionsPointer(view);
  if (at !== undefined) return {os: 'windows', text: '`windowsOptions`', evidence: specRef(view, at)};
  const index = (spec.tolerations ?? []).findIndex(isForWindows);
  // A tolerant pod of Linux is no contradiction: agents for both systems have the toleration, too.
  const {matched} = fit.placements.of(view);
  if (index < 0 || matched.windows.length === 0) return undefined;
  return {
    os: 'windows',
    text: 'a toleration for Windows nodes',
    evidence: specRef(view, `/tolerations/${index}`, spec.tolerations?.[index]),
  };
}

function optionsPointer({spec}: SpecView): string | undefined {
  if (spec.securityContext?.windowsOptions) return '/securityContext/windowsOptions';
  const placed = containersOf(spec).find(c => c.container.securityContext?.windowsOptions);
  return placed && `${placed.pointer}/securityContext/windowsOptions`;
}

function isForWindows({key, value}: Toleration): boolean {
  return key !== undefined && OS_TAINTS.has(key) && osOf(value) === 'windows';
}
