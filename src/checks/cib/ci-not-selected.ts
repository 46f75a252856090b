import {pinnedOs, runtimeClassOf} from '../../kube/os.ts';
import type {Placement} from '../../kube/placement.ts';
import {Placements} from '../../kube/placement.ts';
import {isRecord} from '../../kube/shape.ts';
import {isLastingTaint, taintText, tolerationYaml} from '../../kube/taints.ts';
import type {PodSpec, Toleration} from '../../kube/types.ts';
import {isExpression} from '../../manifests/pipeline.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip, specRef} from '../define.ts';
import {NO_WINDOWS_BUILD, windowsBuildPodsOf} from './shared/build-pods.ts';
import {WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failSetting, osOfSelector, owningStagesOf, stageName, windowsStagesOf} from './shared/stages.ts';

/** Labels, besides the OS, that only Windows nodes bear with such a value. */
const WINDOWS_LABELS: readonly (readonly [string, RegExp])[] = [
  ['node.kubernetes.io/windows-build', /^10\./],
  ['kubernetes.azure.com/os-sku', /^Windows/],
  ['cloud.google.com/gke-os-distribution', /^windows/],
];

export default defineCheck({
  id: 'CIB007',
  name: 'ci-not-selected',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows build stage does not select the Windows nodes',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'nodes', 'runtimeClasses', 'namespaces'],
  docs: {
    what: "A stage with `os: Windows` needs a node selector for Windows, as `os` itself places nothing. Where the cluster's nodes are known, it must also tolerate the taints of the pool that it selects. Windows build pods are judged alike. A toleration allows a node; it never demands one.",
    why: 'Without the selector the pod lands on any node: on Linux its images do not start and the build times out while it is being set up. Without the toleration it stays pending.',
    fix: [
      'Add `nodeSelector: {kubernetes.io/os: windows}` to the infrastructure of the stage.',
      'Add a toleration for the taint of the Windows pool under `tolerations`.',
    ],
    links: [WINDOWS_BUILDS, 'https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations'],
  },
  *run({workloads, wants, source}): Iterable<Outcome> {
    const stages = owningStagesOf(windowsStagesOf(wants.pipelines));
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    const placements = new Placements({...wants, source});
    for (const place of stages) yield judgeStage(place, placements);
    for (const {workload, view} of pods) {
      const {spec} = view;
      if (pinnedOs(spec, runtimeClassOf(spec, wants.runtimeClasses)) || namesWindows(spec.nodeSelector)) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'no-selector',
        message: 'a Windows build pod has no node selector for its OS',
        evidence: [specRef(view, '/nodeSelector', spec.nodeSelector ?? {})],
      });
    }
  },
});

function judgeStage(place: StagePlace, placements: Placements): Outcome {
  const {pipeline, settings} = place;
  const {nodeSelector} = settings;
  if (isExpression(nodeSelector)) return skip('the node selector is known only when the pipeline runs');
  const selector = isRecord(nodeSelector) ? nodeSelector : {};
  if (Object.values(selector).some(isExpression))
    return skip('the node selector is known only when the pipeline runs');
  // A selector for Linux is a contradiction, which CIB014 tells.
  if (osOfSelector(selector) === 'linux') return skip('the node selector names Linux');
  const texts = Object.fromEntries(Object.entries(selector).map(([k, v]) => [k, String(v)]));
  const tolerations = tolerationsOf(settings['tolerations']);
  const spec: PodSpec = {containers: []};
  const placement = placements.place({nodeSelector: texts, spec, tolerations: tolerations ?? []});
  if (!osOfSelector(selector) && !namesWindows(texts) && !isWindowsOnly(placement, placements)) {
    return failSetting(place, '/nodeSelector', {
      cause: 'no-selector',
      message: `Windows stage "${stageName(place)}" has no node selector for Windows, and \`os\` places no pod`,
      value: nodeSelector,
    });
  }
  const taint = tolerations && refusingTaint(placement, placements);
  if (!taint) return pass(pipeline);
  return failSetting(place, '/tolerations', {
    cause: 'taint-not-tolerated',
    message: `Windows stage "${stageName(place)}" does not tolerate \`${taintText(taint)}\`, which every Windows node that it selects bears`,
    value: settings['tolerations'],
    fix: [`Add to the infrastructure of the stage: \`${tolerationYaml(taint)}\`.`],
  });
}

function namesWindows(selector: Record<string, string> | undefined): boolean {
  return WINDOWS_LABELS.some(([label, value]) => value.test(selector?.[label] ?? ''));
}

/** Whether the cluster's real nodes show that the selector leads to Windows only, as a pool's label does. */
function isWindowsOnly({matched}: Placement, {model}: Placements): boolean {
  return !model && matched.windows.length > 0 && matched.linux.length === 0;
}

/** A taint of the selected Windows nodes, where all of them refuse the pod. */
function refusingTaint({matched, allowed}: Placement, {model}: Placements) {
  if (model || matched.windows.length === 0 || allowed.windows.length > 0) return undefined;
  return matched.windows[0]?.spec.taints?.find(isLastingTaint);
}

/** The tolerations as written; undefined where only the run will tell. */
function tolerationsOf(value: unknown): Toleration[] | undefined {
  if (isExpression(value)) return undefined;
  if (!Array.isArray(value)) return [];
  const tolerations: Toleration[] = [];
  for (const item of value as unknown[]) {
    if (!isRecord(item)) continue;
    const toleration: Toleration = {};
    for (const key of ['key', 'operator', 'value', 'effect'] as const) {
      const text = item[key];
      if (isExpression(text)) return undefined;
      if (typeof text === 'string') toleration[key] = text;
    }
    tolerations.push(toleration);
  }
  return tolerations;
}
