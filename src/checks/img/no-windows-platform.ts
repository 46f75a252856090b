import type {Fail} from '../define.ts';
import {defineCheck} from '../define.ts';
import type {ImageError} from './shared/image-errors.ts';
import {failOf, isOfSandbox, judgeImageErrors, nameOfImage} from './shared/image-errors.ts';

const ID = 'IMG002';

export default defineCheck({
  id: ID,
  name: 'no-windows-platform',
  severity: 'error',
  since: '0.1.0',
  title: 'Images have no variant for the Windows of the node',
  evidence: ['A'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows pods whose pull ends with `no match for platform in manifest` or `no matching manifest for windows/amd64`, or whose layers turn out to be of Linux; by the state of their containers and events of the last hour. Where the sandbox fails so, it is the pause image of the node.',
    why: 'There is nothing to run: the image was built for Linux only, or for other Windows builds.',
    fix: [
      'List what it has: `docker manifest inspect IMAGE` or `crane manifest IMAGE`.',
      'Use a tag for the build of the node, or pin the workload to the OS of its image.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  run: input => judgeImageErrors(ID, input, failOfError),
});

function failOfError(found: ImageError): Fail {
  return failOf(found, {
    cause: isOfSandbox(found) ? 'pause-image' : (found.known?.id ?? ID),
    message: `${found.placed.pod.nodeName ?? 'The node'} finds nothing in ${nameOfImage(found)} that its Windows can run`,
    ...(isOfSandbox(found) && {
      fix: [
        'Set a pause image with an entry for the build of the node in `config.toml` of containerd: `registry.k8s.io/pause:3.10.2` has 2019, 2022 and 2025.',
      ],
    }),
  });
}
