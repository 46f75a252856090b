import check from '../../../src/checks/img/no-windows-platform.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {image, waiting, withEvent} from './waiting.ts';
const none =
  'Failed to pull image "registry.example/app:1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/app:1": no match for platform in manifest: not found';

checkCases({
  check,
  finds: {
    'a pull that finds no entry for Windows': () => [
      waiting('ErrImagePull', none, image('registry.example/app:1')),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'no-windows-platform',
        says: /win-1 finds nothing in `registry\.example\/app:1`/,
      },
    ],
    'only the event tells the reason': () => [
      withEvent('Failed', none, waiting('ImagePullBackOff', 'Back-off pulling image')),
      {severity: 'error', subjects: ['Deployment/shop/web']},
    ],
    'the pause image has no entry for the build': () => [
      withEvent(
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = NotFound desc = failed to get sandbox image "registry.k8s.io/pause:3.10": no match for platform in manifest: not found',
        waiting('ContainerCreating', ''),
      ),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pause-image', says: /the pause image/},
    ],
  },
  passes: {
    'pods run': () => healthy(),
    'the event of a pod that runs meanwhile': () => withEvent('Failed', none, healthy()),
    'a tag that does not exist is IMG011’s': () =>
      waiting('ErrImagePull', 'registry.example/app:1: not found'),
  },
  unknown: {
    'events may not be listed': () => [healthy().without('events'), 'events'],
    'pods may not be listed': () => [healthy().without('pods').without('workloads'), 'workloads'],
  },
});
