import type {Fail} from '../define.ts';
import {defineCheck} from '../define.ts';
import type {ImageError} from './shared/image-errors.ts';
import {failOf, isOfSandbox, judgeImageErrors, nameOfImage} from './shared/image-errors.ts';

const ID = 'IMG003';

export default defineCheck({
  id: ID,
  name: 'image-os-mismatch',
  severity: 'error',
  since: '0.1.0',
  title: 'Containers do not start because their image is for another build',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses'],
  passNeeds: ['node.logs'],
  docs: {
    what: 'Windows pods that HCS refused to start with HCS_E_IMAGE_MISMATCH (0xc0370101, `The container operating system does not match the host operating system`), by the state of their containers and events of the last hour. Where the sandbox fails so, it is the pause image of the node.',
    why: 'The kernel of the node cannot run the user mode of the image, however often it is tried.',
    fix: [
      'Compare: `kubectl get nodes -L node.kubernetes.io/windows-build` with the tag of the image.',
      'Use the tag for the build of the node, or send the pods to nodes of their build.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  run: input => judgeImageErrors(ID, input, failOfError),
});

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
