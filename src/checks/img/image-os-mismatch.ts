import {classifyError} from '../../data/errors.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck} from '../define.ts';
import {PodLogs} from '../pod-logs.ts';
import type {ImageError} from './shared/image-errors.ts';
import {failOf, imageErrors, isOfSandbox, nameOfImage} from './shared/image-errors.ts';

const ID = 'IMG003';

export default defineCheck({
  id: ID,
  name: 'image-os-mismatch',
  severity: 'error',
  since: '0.1.0',
  title: 'Containers do not start because their image is for another build',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses', 'node.logs'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Windows pods that HCS refused to start with HCS_E_IMAGE_MISMATCH (0xc0370101, `The container operating system does not match the host operating system`), by the state of their containers, events of the last hour, and the logs of kubelet and containerd on their nodes. Where the sandbox fails so, it is the pause image of the node.',
    why: 'The kernel of the node cannot run the user mode of the image, however often it is tried.',
    fix: [
      'Compare: `kubectl get nodes -L node.kubernetes.io/windows-build` with the tag of the image.',
      'Use the tag for the build of the node, or send the pods to nodes of their build.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  *run({workloads, events, wants, now}) {
    const logs = new PodLogs(wants['node.logs'], now);
    for (const {workload, sick} of imageErrors(workloads, {...wants, events: collected(events), now})) {
      const found = sick.flatMap(
        ({placed, errors}) => errors.find(e => e.known?.judgedBy === ID) ?? logged(placed, logs) ?? [],
      );
      yield* found.map(failOfError);
      if (found.length === 0) yield logs.passOf(workload);
    }
  },
});

/** Whose words they are, as the reason of an event says it. */
const KINDS = [
  ['sandbox-failed', 'FailedCreatePodSandBox'],
  ['container-failed', 'Failed'],
] as const;

function logged(placed: PlacedPod, logs: PodLogs): ImageError | undefined {
  for (const [kind, reason] of KINDS) {
    for (const {text, ref: evidence} of logs.of(placed.pod, kind)) {
      const known = classifyError(text);
      if (known?.judgedBy === ID) return {placed, reason, text, known, evidence};
    }
  }
  return undefined;
}

function failOfError(found: ImageError): Fail {
  return failOf(found, {
    cause: isOfSandbox(found) ? 'pause-image' : 'image',
    message: `${found.placed.pod.nodeName ?? 'The node'} cannot start ${nameOfImage(found)}: it is for another Windows build (HCS_E_IMAGE_MISMATCH, 0xc0370101)`,
    ...(isOfSandbox(found) && {
      fix: [
        'Set a pause image for the build of the node in `config.toml` of containerd, and restart containerd.',
      ],
    }),
  });
}
