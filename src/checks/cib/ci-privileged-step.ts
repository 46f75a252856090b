import {containersOf} from '../../kube/containers.ts';
import {isRecord} from '../../kube/shape.ts';
import type {PipelineStep} from '../../manifests/pipeline.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, specRef} from '../define.ts';
import type {BuildPod} from './shared/build-pods.ts';
import {NO_WINDOWS_BUILD, windowsBuildPodsOf} from './shared/build-pods.ts';
import {WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {
  failSetting,
  failStep,
  literal,
  owningStagesOf,
  stageName,
  stepName,
  windowsStagesOf,
} from './shared/stages.ts';

/** Built-in steps that build images with kaniko: as root, on Linux. */
const BUILD_AND_PUSH: ReadonlySet<string> = new Set([
  'BuildAndPushDockerRegistry',
  'BuildAndPushECR',
  'BuildAndPushGAR',
  'BuildAndPushGCR',
  'BuildAndPushACR',
]);

/** Docker in Docker: `docker:dind`, `docker:24-dind`, `library/docker:dind-rootless`. */
const DIND_IMAGE = /(^|\/)docker:([\w.-]*-)?dind/;
/** A line of a script that calls Docker: what follows is a command of it that needs the daemon. */
const DOCKER_LINE =
  /^[ \t&|;]*(?:docker(?:\.exe)?[ \t]+(?:build|buildx|run|push|pull|compose|exec|login|tag)\b|docker-compose(?:\.exe)?[ \t])/m;

const LINUX_STAGE =
  'Build images in a Linux stage of their own, with a Build and Push step or with the buildah plug-in: that is a Linux image as well, though the guide offers it for Windows stages.';
const OTHER_INFRASTRUCTURE =
  'For Docker commands on Windows use another infrastructure: a Windows VM, or the hosted cloud of the vendor.';
const UNPRIVILEGED =
  'Remove `privileged: true`; what must reach the host can run as a HostProcess container outside CI.';

/** What mends each class of fault. */
const FIXES: Readonly<Record<Fault['cause'], string[]>> = {
  'build-and-push': [LINUX_STAGE],
  'docker-in-docker': [LINUX_STAGE, OTHER_INFRASTRUCTURE],
  'docker-command': [LINUX_STAGE, OTHER_INFRASTRUCTURE],
  privileged: [UNPRIVILEGED],
};

interface Fault {
  cause: 'build-and-push' | 'docker-in-docker' | 'docker-command' | 'privileged';
  pointer: string;
  message: string;
  value?: unknown;
}

export default defineCheck({
  id: 'CIB005',
  name: 'ci-privileged-step',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows build stage needs Docker or privileged mode',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Looks in Windows stages and Windows build pods for Build and Push steps, Docker in Docker, `privileged: true`, and scripts that call Docker.',
    why: 'Windows has no privileged containers and the Build and Push steps run a Linux tool as root, so such steps fail, with errors such as `error during connect: … docker_engine: The system cannot find the file specified`. Docker in Docker needs privileged mode and so runs on no Windows node.',
    fix: [LINUX_STAGE, UNPRIVILEGED, OTHER_INFRASTRUCTURE],
    links: [
      WINDOWS_BUILDS,
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext',
    ],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = windowsStagesOf(wants.pipelines);
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    for (const place of owningStagesOf(stages)) yield* judgeSettings(place);
    for (const place of stages) yield* judgeSteps(place);
    for (const pod of pods) yield* judgePod(pod);
  },
});

function* judgeSettings(place: StagePlace): Iterable<Outcome> {
  const context = place.settings['containerSecurityContext'];
  if (!isRecord(context) || context['privileged'] !== true) return;
  yield failSetting(place, '/containerSecurityContext/privileged', {
    cause: 'privileged',
    fix: FIXES.privileged,
    message: `Windows stage "${stageName(place)}" runs all its containers privileged`,
    value: true,
  });
}

function* judgeSteps(place: StagePlace): Iterable<Outcome> {
  for (const step of place.stage.steps) {
    const fault = faultOf(step);
    if (fault)
      yield failStep(place, step, {
        ...fault,
        fix: FIXES[fault.cause],
        message: `step "${stepName(step)}" ${fault.message}`,
      });
    else yield pass(place.pipeline);
  }
}

function faultOf({type, spec = {}}: PipelineStep): Fault | undefined {
  if (type !== undefined && BUILD_AND_PUSH.has(type)) {
    const message = `of a Windows stage is of type \`${type}\`, which runs on Linux only`;
    return {cause: 'build-and-push', pointer: '/type', message, value: type};
  }
  const image = literal(spec['image']);
  if (image !== undefined && DIND_IMAGE.test(image)) {
    const message = `starts Docker in Docker (\`${image}\`) in a Windows stage`;
    return {cause: 'docker-in-docker', pointer: '/spec/image', message, value: image};
  }
  if (spec['privileged'] === true) {
    const message = 'of a Windows stage is privileged, and Windows has no privileged containers';
    return {cause: 'privileged', pointer: '/spec/privileged', message, value: true};
  }
  const command = literal(spec['command']);
  if (command === undefined || !DOCKER_LINE.test(command)) return undefined;
  // The script itself may hold anything: what it calls is proof enough.
  const called = DOCKER_LINE.exec(command)?.[0].trim();
  const message = `of a Windows stage calls \`${called ?? 'docker'}\`, and no Docker can run there`;
  return {cause: 'docker-command', pointer: '/spec/command', message, value: called};
}

function* judgePod({workload, view}: BuildPod): Iterable<Outcome> {
  for (const {container, pointer} of containersOf(view.spec)) {
    if (container.securityContext?.privileged !== true) {
      yield pass(workload.owner);
      continue;
    }
    yield failSpec(workload, {
      cause: 'privileged',
      fix: FIXES.privileged,
      message: `container "${container.name}" of a Windows build pod is privileged, and Windows has no privileged containers`,
      evidence: [specRef(view, `${pointer}/securityContext/privileged`, true)],
    });
  }
}
