import check from '../../../src/checks/img/image-arch-mismatch.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {image, waiting} from './waiting.ts';
checkCases({
  check,
  finds: {
    'an arm64 image on an amd64 node': () => [
      waiting('CreateContainerError', 'failed', image('registry.example/app:1.0-arm64')),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'name',
        says: /is for arm64, and win-1 is amd64/,
      },
    ],
    'a winamd64 image on an arm64 node': () => [
      waiting('CreateContainerError', 'failed', image('winamd64/golang:1.24')).change('Node', 'win-1', n => {
        n.status.nodeInfo.architecture = 'arm64';
      }),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'name'},
    ],
    'Windows cannot load the program': () => [
      waiting(
        'RunContainerError',
        'hcs::System::CreateProcess web: %1 is not a valid Win32 application.: unknown',
      ),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'refused'},
    ],
  },
  passes: {
    'images say nothing of an architecture': () => healthy(),
    'an amd64 image on an amd64 node that waits for something else': () =>
      waiting('CreateContainerError', 'failed', image('registry.example/app:1.0-amd64')),
    'a pod that runs belies its tag': () => image('registry.example/app:1.0-arm64'),
  },
  unknown: {'nodes may not be listed': () => [healthy().without('nodes'), 'nodes']},
});
