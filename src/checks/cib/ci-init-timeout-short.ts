import type {Event} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import {MINUTE, SECOND, duration} from '../../snapshot/time.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, ref, unknown} from '../define.ts';
import {NO_WINDOWS_BUILD, windowsBuildPodsOf} from './shared/build-pods.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';
import {failSetting, literal, owningStagesOf, stageName, windowsStagesOf} from './shared/stages.ts';

/** https://developer.harness.io, CI stage settings, Init Timeout. */
const DEFAULT_INIT_TIMEOUT = 8 * MINUTE;

/** Kubelet: `Successfully pulled image "…" in 9m30.5s (9m31s including waiting). Image size: … bytes.` */
const PULLED = /^Successfully pulled image "([^"]{1,512})" in ([\dhms.µn]{1,32})/;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(?<!\d)(\d+(?:\.\d+)?)h/, 60 * MINUTE],
  [/(?<!\d)(\d+(?:\.\d+)?)m(?!s)/, MINUTE],
  [/(?<!\d)(\d+(?:\.\d+)?)s/, SECOND],
];

export default defineCheck({
  id: 'CIB008',
  name: 'ci-init-timeout-short',
  severity: 'warning',
  since: '0.1.0',
  title: 'Pulling the images of a build takes longer than its init timeout',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'events', 'nodes', 'runtimeClasses'],
  docs: {
    what: "Compares how long the kubelets say that they pulled the images of live Windows build pods with the init timeout, 8 minutes by default: a stage's own value is not in the cluster. In a pipeline it says where a Windows stage shortens the timeout below that default.",
    why: 'Windows images hold from 300 MB to over 10 GB. A stage whose pod is not ready when the timeout ends fails before its first step.',
    fix: [
      'Set `initTimeout: 20m` in the infrastructure of the Windows stages.',
      'Keep the images on the nodes: build them on the base image that the node already holds, or pull them beforehand with a DaemonSet.',
    ],
    links: [BUILD_INFRASTRUCTURE],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = owningStagesOf(windowsStagesOf(wants.pipelines));
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    for (const place of stages) {
      const written = literal(place.settings['initTimeout']);
      const timeout = written === undefined ? undefined : durationOf(written);
      if (timeout === undefined || timeout >= DEFAULT_INIT_TIMEOUT) {
        yield pass(place.pipeline);
        continue;
      }
      yield failSetting(place, '/initTimeout', {
        cause: 'shortened',
        message: `Windows stage "${stageName(place)}" shortens the init timeout to ${String(written)}, below the ${duration(DEFAULT_INIT_TIMEOUT)} that large images already exceed`,
        value: written,
      });
    }
    yield* judgePulls(new Set(pods.map(p => p.workload)), wants.events);
  },
});

function* judgePulls(workloads: ReadonlySet<Workload>, events: Evidence<Event[]>): Iterable<Outcome> {
  const byPod = new Map<string, Workload>();
  for (const workload of workloads) {
    for (const {metadata} of workload.pods)
      byPod.set(`${metadata.namespace ?? ''}/${metadata.name}`, workload);
  }
  if (byPod.size === 0) return;
  if (!events.ok) {
    for (const {owner} of workloads) yield unknown(owner, 'events', events);
    return;
  }
  for (const event of events.value) {
    const {kind, namespace = '', name = ''} = event.involvedObject;
    const workload = kind === 'Pod' ? byPod.get(`${namespace}/${name}`) : undefined;
    const pulled = workload && PULLED.exec(event.message ?? '');
    if (!workload || !pulled) continue;
    const [, image = '', text = ''] = pulled;
    const took = durationOf(text);
    if (took === undefined || took <= DEFAULT_INIT_TIMEOUT) {
      yield pass(workload.owner);
      continue;
    }
    const since = event.firstTimestamp;
    yield failSpec(workload, {
      cause: 'pull-too-long',
      message: `pulling \`${image}\` took ${duration(took)}, and a stage waits ${duration(DEFAULT_INIT_TIMEOUT)} by default`,
      evidence: [ref(event, '/message', event.message)],
      ...(since !== undefined && {since}),
    });
  }
}

/** Milliseconds of a Go duration or of CI's own form: `9m30.5s`, `1h`, `10m`. */
function durationOf(text: string): number | undefined {
  const parts = UNITS.map(([pattern, unit]) => {
    const match = pattern.exec(text);
    return match ? Number(match[1]) * unit : undefined;
  }).filter(part => part !== undefined);
  return parts.length > 0 ? parts.reduce((a, b) => a + b, 0) : undefined;
}
