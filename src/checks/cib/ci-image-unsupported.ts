import {buildOfImage} from '../../data/image-tags.ts';
import {osOfNode, windowsBuild} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import {providerOf} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail, Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, specRef, unknown} from '../define.ts';
import type {BuildPod} from './shared/build-pods.ts';
import {NO_WINDOWS_BUILD, isCiContainer, windowsBuildPodsOf} from './shared/build-pods.ts';
import {WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failStep, literal, shown, stepName, windowsStagesOf} from './shared/stages.ts';

/** Windows Server 2019 and 2022: https://developer.harness.io, "Windows Server 2022 or 2019 is required". */
const SUPPORTED: ReadonlyMap<number, string> = new Map([
  [17763, 'Windows Server 2019'],
  [20348, 'Windows Server 2022'],
]);
const BUILD_2022 = 20348;
const NANO_SERVER = /nanoserver/i;

type Verdict = Pick<Fail, 'cause' | 'message' | 'severity' | 'fix'> | 'right' | 'unknown';

export default defineCheck({
  id: 'CIB003',
  name: 'ci-image-unsupported',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows build step uses an image that CI does not run',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Reads the image of each step of a Windows stage, and of each step container of a Windows build pod. Its base must be Windows Server 2019 or 2022, and no Nano Server, which has no `netapi32.dll`. The vendor supports 2019 only on Google Cloud, which is a warning here: its page is behind GKE, whose `WINDOWS_LTSC` node images have been 2022 as well for years, and calls GKE "GKS". An image name that tells no version is unknown until it has run on a node.',
    why: 'Steps of other Windows versions do not start on the nodes of the farm, or die in their first second because the step driver lacks a system library.',
    fix: [
      'Use an image on Windows Server Core 2019 or 2022, of the same version as the nodes: a tag with `ltsc2019` or `ltsc2022`.',
      'In an image of your own that lacks the library, add `FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS core` and `COPY --from=core /windows/system32/netapi32.dll /windows/system32/netapi32.dll` (the guide shows the second line only: its stage `core` is defined nowhere).',
    ],
    links: [
      WINDOWS_BUILDS,
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = windowsStagesOf(wants.pipelines);
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    const nodes = wants.nodes.ok ? wants.nodes.value : [];
    const google = providerOf(nodes) === 'gke';
    for (const place of stages) yield* judgeStage(place, google);
    for (const pod of pods) yield* judgePod(pod, google, wants.nodes);
  },
});

function* judgeStage(place: StagePlace, google: boolean): Iterable<Outcome> {
  for (const step of place.stage.steps) {
    const written = step.spec?.['image'];
    if (written === undefined) continue;
    const image = literal(written);
    const verdict = image === undefined ? 'unknown' : judgeImage(image, google);
    if (verdict === 'right') yield pass(place.pipeline);
    else if (verdict === 'unknown') {
      const detail = `step "${stepName(step)}": the image \`${shown(written)}\` does not say which Windows it holds`;
      yield unknown(
        {kind: 'Pipeline', name: place.pipeline.metadata.name},
        'image',
        missing('not-requested', detail),
      );
    } else {
      const message = `step "${stepName(step)}" ${verdict.message}`;
      yield failStep(place, step, {...verdict, message, pointer: '/spec/image', value: image});
    }
  }
}

function* judgePod({workload, view}: BuildPod, google: boolean, nodes: Evidence<Node[]>): Iterable<Outcome> {
  for (const {container, pointer} of containersOf(view.spec)) {
    const {image, name} = container;
    if (image === undefined || isCiContainer(container)) continue;
    const verdict = judgeImage(image, google);
    const onNode = verdict === 'unknown' && hasStartedOnSupported(name, view.pods, nodes);
    if (verdict === 'right' || onNode) yield pass(workload.owner);
    else if (verdict === 'unknown') {
      const detail = `the image \`${image}\` does not say which Windows it holds, and no container of it has run`;
      yield unknown(workload.owner, 'image', missing('not-requested', detail));
    } else {
      const message = `container "${name}" ${verdict.message}`;
      yield failSpec(workload, {...verdict, message, evidence: [specRef(view, `${pointer}/image`, image)]});
    }
  }
}

function judgeImage(image: string, google: boolean): Verdict {
  if (NANO_SERVER.test(image)) {
    return {
      cause: 'nano-server',
      message: `runs \`${image}\`: Nano Server has no \`netapi32.dll\`, which the step driver needs`,
    };
  }
  const build = buildOfImage(image);
  if (build === undefined) return 'unknown';
  if (!SUPPORTED.has(build)) {
    return {
      cause: 'windows-version',
      message: `runs \`${image}\`, build ${build} of Windows: CI supports Windows Server 2019 (17763) and 2022 (20348)`,
    };
  }
  if (!google || build !== BUILD_2022) return 'right';
  return {
    cause: 'windows-2022-on-google',
    severity: 'warning',
    message: `runs \`${image}\` on GKE, where the vendor supports Windows Server 2019 only`,
    fix: [
      'Ask the vendor whether 2022 is supported by now; it works on GKE nodes of image type `WINDOWS_LTSC2022_CONTAINERD`.',
    ],
  };
}

/** Under process isolation a container that started on 2019 or 2022 is of that very build. */
function hasStartedOnSupported(
  name: string,
  pods: BuildPod['view']['pods'],
  nodes: Evidence<Node[]>,
): boolean {
  if (!nodes.ok) return false;
  const supported = new Set(
    nodes.value
      .filter(n => osOfNode(n) === 'windows' && SUPPORTED.has(windowsBuild(n)?.build ?? 0))
      .map(n => n.metadata.name),
  );
  return pods.some(
    pod =>
      pod.nodeName !== undefined &&
      supported.has(pod.nodeName) &&
      (pod.status.containerStatuses ?? []).some(
        s => s.name === name && (s.state?.running ?? s.state?.terminated?.startedAt),
      ),
  );
}
