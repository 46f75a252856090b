import check from '../../../src/checks/kbl/mount-failing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {creating, report} from '../../helpers/sick-pods.ts';

const MISSING = 'MountVolume.SetUp failed for volume "settings" : configmap "web-settings" not found';
const LATE =
  'Unable to attach or mount volumes: unmounted volumes=[settings], unattached volumes=[settings]: timed out waiting for the condition';

function failing(message: string, reason = 'FailedMount', last = ago(30)): TestCluster {
  return report(healthy().change('Pod', 'shop/web-0', creating), 'Pod', 'shop/web-0', reason, message, {
    last,
  });
}

checkCases({
  check,
  finds: {
    'a ConfigMap that is not there': () => [
      failing(MISSING),
      {
        severity: 'error',
        subjects: ['Deployment/shop/web'],
        cause: 'config-object-missing',
        says: /cannot mount a volume/,
      },
    ],
    'the fault behind a later time-out': () => [
      report(failing(MISSING, 'FailedMount', ago(300)), 'Pod', 'shop/web-0', 'FailedMount', LATE),
      {subjects: ['Deployment/shop/web'], cause: 'config-object-missing'},
    ],
    'a volume that another node holds': () => [
      failing(
        'Multi-Attach error for volume "data" Volume is already used by pod(s) web-9',
        'FailedAttachVolume',
      ),
      {subjects: ['Deployment/shop/web'], cause: 'volume-attached-elsewhere'},
    ],
    'a driver that is not on the node': () => [
      failing(
        'MountVolume.MountDevice failed for volume "d" : driver name example.test/csi not found in the list of registered CSI drivers',
      ),
      {subjects: ['Deployment/shop/web'], cause: 'csi-driver-not-registered'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'an SMB share, which STO004 reports': () =>
      failing(
        'MountVolume.MountDevice failed for volume "s" : smb mapping failed with error: NewSmbGlobalMapping failed. output: "Windows System Error 1326"',
      ),
    'an event older than an hour': () => failing(MISSING, 'FailedMount', ago(3601)),
    'a pod that runs now': () => report(healthy(), 'Pod', 'shop/web-0', 'FailedMount', MISSING),
  },
  unknown: {
    'events may not be read': () => [failing(MISSING).without('events'), 'events'],
    'pods came in part': () => [healthy().partly('pods'), 'workloads'],
  },
});
