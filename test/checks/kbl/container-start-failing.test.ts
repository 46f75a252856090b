import check from '../../../src/checks/kbl/container-start-failing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {logged, startLine, withoutKubeletLog} from '../../helpers/kubelet-lines.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {crashing, report, waiting} from '../../helpers/sick-pods.ts';

const NO_PROGRAM =
  'failed to start containerd task "web": hcs::System::CreateProcess web: The system cannot find the file specified.: unknown';
const MISMATCH =
  'failed to create containerd task: failed to create shim task: hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown';

function stuck(reason: string, message: string): TestCluster {
  return healthy().change('Pod', 'shop/web-0', p => waiting(p, reason, message));
}

checkCases({
  check,
  finds: {
    'what the kubelet logged where no event is left': () => [
      logged(
        startLine(
          'failed to create containerd task: hcs::CreateComputeSystem iis: The directory name is invalid.',
        ),
        'waiting',
      ),
      {subjects: ['Deployment/shop/web'], says: /cannot start a container: .*directory name/},
    ],
    'a container whose program is not there, by its status': () => [
      stuck('RunContainerError', NO_PROGRAM),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'entrypoint-not-found',
        says: /cannot start a container: the command names a file/,
      },
    ],
    'a process that never ran, in back-off': () => [
      healthy().change('Pod', 'shop/web-0', p =>
        crashing(p, 128, {reason: 'StartError', message: NO_PROGRAM}),
      ),
      {subjects: ['Deployment/shop/web'], cause: 'entrypoint-not-found'},
    ],
    'an event, where the status says only that it waits': () => [
      report(stuck('ContainerCreating', ''), 'Pod', 'shop/web-0', 'Failed', `Error: ${NO_PROGRAM}`),
      {subjects: ['Deployment/shop/web'], cause: 'entrypoint-not-found'},
    ],
    'a ConfigMap that is not there': () => [
      stuck('CreateContainerConfigError', 'configmap "web-settings" not found'),
      {subjects: ['Deployment/shop/web'], cause: 'config-object-missing'},
    ],
    'a reason without a message': () => [
      healthy().change('Pod', 'shop/web-0', p => waiting(p, 'CreateContainerError')),
      {subjects: ['Deployment/shop/web'], cause: 'other: CreateContainerError'},
    ],
    'a gMSA whose domain does not answer': () => [
      stuck('CreateContainerError', 'hcsshim::CreateComputeSystem web: winapi error #3489792023.'),
      {subjects: ['Deployment/shop/web'], cause: 'gmsa-rpc-unavailable'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'an image of another Windows build, which IMG003 reports': () => stuck('CreateContainerError', MISMATCH),
    'a failed pull, which IMG011 reports': () =>
      report(
        stuck('ImagePullBackOff', 'Back-off pulling image "example.test/web:1"'),
        'Pod',
        'shop/web-0',
        'Failed',
        'Failed to pull image "example.test/web:1": unauthorized',
      ),
    'the short event of a failed pull': () =>
      report(stuck('ErrImagePull', 'unauthorized'), 'Pod', 'shop/web-0', 'Failed', 'Error: ErrImagePull'),
    'a program that ran and crashed, which KBL003 reports': () =>
      report(
        healthy().change('Pod', 'shop/web-0', p => crashing(p, -1073741515)),
        'Pod',
        'shop/web-0',
        'Failed',
        `Error: ${NO_PROGRAM}`,
      ),
    'a pod that runs now': () => report(healthy(), 'Pod', 'shop/web-0', 'Failed', `Error: ${NO_PROGRAM}`),
    'want of memory, which KBL007 reports': () =>
      stuck(
        'RunContainerError',
        'hcs::CreateComputeSystem web: The paging file is too small for this operation to complete.',
      ),
  },
  unknown: {
    'events may not be read': () => [healthy().without('events'), 'events'],
    'the logs of the nodes were not read': () => [healthy(), 'node.logs'],
    'the kubelet of a node writes no file': () => [withoutKubeletLog(), 'node.logs'],
  },
});
