import {containersOf} from '../../kube/containers.ts';
import {isRecord} from '../../kube/shape.ts';
import {isExpression} from '../../manifests/pipeline.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, specRef} from '../define.ts';
import type {BuildPod} from './shared/build-pods.ts';
import {NO_WINDOWS_BUILD, isCiContainer, windowsBuildPodsOf} from './shared/build-pods.ts';
import {BUILD_INFRASTRUCTURE, WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failSetting, owningStagesOf, shown, stageName, windowsStagesOf} from './shared/stages.ts';

const ADMINISTRATOR = 'containeradministrator';
/** Settings of a stage that hold for every container of its pod, CI's own included. */
const USER_SETTINGS = [
  '/runAsUser',
  '/containerSecurityContext/runAsUser',
  '/containerSecurityContext/runAsNonRoot',
] as const;

export default defineCheck({
  id: 'CIB004',
  name: 'ci-user-changed',
  severity: 'error',
  since: '0.1.0',
  title: 'Lite-Engine or the Addon does not run as ContainerAdministrator on Windows',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'nodes', 'runtimeClasses'],
  docs: {
    what: "Looks at a Windows stage's infrastructure for Run as User and Run as Non-Root, which hold for all containers of the pod, and at the users of CI's own containers in Windows build pods. A step may set its own user; that is no fault.",
    why: 'Lite-Engine and the Addon set the search path and install tools, which Windows allows only to an administrator of the container: with another user the build stops while it is being set up.',
    fix: [
      "Remove Run as User and Run as Non-Root from the stage's infrastructure; both are about Linux user ids.",
      'Where one step needs another user, set Run as User on that step.',
    ],
    links: [WINDOWS_BUILDS, BUILD_INFRASTRUCTURE],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = owningStagesOf(windowsStagesOf(wants.pipelines));
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    for (const place of stages) yield* judgeStage(place);
    for (const pod of pods) yield* judgePod(pod);
  },
});

function* judgeStage(place: StagePlace): Iterable<Outcome> {
  let right = true;
  for (const pointer of USER_SETTINGS) {
    const value = settingAt(place.settings, pointer);
    // A number, or Non-Root switched on; what only the run will tell is left to the run.
    if (value === undefined || value === null || value === false || value === '' || isExpression(value))
      continue;
    right = false;
    const what = pointer.endsWith('runAsNonRoot') ? 'Run as Non-Root' : `Run as User ${shown(value)}`;
    yield failSetting(place, pointer, {
      cause: 'stage-user',
      message: `Windows stage "${stageName(place)}" sets ${what} for every container of its pod, so also for Lite-Engine and the Addon`,
      value,
    });
  }
  if (right) yield pass(place.pipeline);
}

function settingAt(settings: Record<string, unknown>, pointer: string): unknown {
  let value: unknown = settings;
  for (const key of pointer.split('/').slice(1)) value = isRecord(value) ? value[key] : undefined;
  return value;
}

function* judgePod({workload, view}: BuildPod): Iterable<Outcome> {
  const ofPod = view.spec.securityContext?.windowsOptions?.runAsUserName;
  for (const {container, pointer} of containersOf(view.spec)) {
    if (!isCiContainer(container)) continue;
    const own = container.securityContext?.windowsOptions?.runAsUserName;
    const user = own ?? ofPod;
    if (user === undefined || user.toLowerCase().split('\\').at(-1) === ADMINISTRATOR) {
      yield pass(workload.owner);
      continue;
    }
    const at = own === undefined ? '' : pointer;
    yield failSpec(workload, {
      cause: 'container-user',
      message: `container "${container.name}" runs as \`${user}\`, not as ContainerAdministrator`,
      evidence: [specRef(view, `${at}/securityContext/windowsOptions/runAsUserName`, user)],
    });
  }
}
