import check from '../../../src/checks/img/image-os-mismatch.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {logged, sandboxLine, startLine, withoutKubeletLog} from '../../helpers/kubelet-lines.ts';
import {healthy} from '../../helpers/cluster.ts';
import {waiting, withEvent} from './waiting.ts';
const words =
  'failed to create containerd task: failed to create shim task: hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown';

checkCases({
  check,
  finds: {
    'HCS refuses the image, and only the kubelet logged it': () => [
      logged(startLine(words), 'waiting'),
      {subjects: ['Deployment/shop/web'], cause: 'image'},
    ],
    'the same of the pause image': () => [
      logged(sandboxLine(words)),
      {subjects: ['Node//win-1'], cause: 'pause-image'},
    ],
    'HCS refuses the image by its words': () => [
      waiting('RunContainerError', words),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'image', says: /0xc0370101/},
    ],
    'HCS refuses the image by its code': () => [
      withEvent(
        'Failed',
        'Error: hcsshim::CreateComputeSystem web: (0xc0370101)',
        waiting('CreateContainerError', ''),
      ),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'image'},
    ],
    'the pause image is of another build': () => [
      withEvent(
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: ${words}`,
        waiting('ContainerCreating', ''),
      ),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'pause-image'},
    ],
  },
  passes: {
    'another error in the log of the node': () =>
      logged(startLine('The system cannot find the file specified.')),
    'pods run': () => healthy(),
    'another error of the start': () =>
      waiting('RunContainerError', 'The system cannot find the file specified.'),
  },
  unknown: {
    'events may not be listed': () => [healthy().without('events'), 'events'],
    'the kubelet of a node writes no file': () => [withoutKubeletLog(), 'node.logs'],
    'what only the node logged takes the agent': () => [healthy(), 'node.logs'],
  },
});
