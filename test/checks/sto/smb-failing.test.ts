import check from '../../../src/checks/sto/smb-failing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {logged, mountLine} from '../../helpers/kubelet-lines.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
import {pod, windowsPodSpec} from '../../helpers/raw-pods.ts';
import {shareCluster} from '../../helpers/storage.ts';

const failed = (text: string) =>
  `MountVolume.MountDevice failed for volume "pv-1" : rpc error: code = Internal desc = volume(h) mount "//files.example.test/share" failed with NewSmbGlobalMapping failed. output: "New-SmbGlobalMapping : ${text}", err: exit status 1`;
const web0 = () => pod({namespace: 'shop', name: 'web-0'}, windowsPodSpec(), 'win-1');
const waiting = (cluster: TestCluster) =>
  cluster.change('Pod', 'shop/web-0', p => {
    p.status = {phase: 'Pending', conditions: [{type: 'Ready', status: 'False'}]};
  });
const saying = (text: string, cluster = shareCluster(), more = {}) =>
  waiting(cluster).add(event(web0(), 'FailedMount', text, more));
const web = (cause: string, says?: RegExp) => ({
  severity: 'error' as const,
  subjects: ['Deployment/shop/web'],
  cause,
  ...(says && {says}),
});

checkCases({
  check,
  finds: {
    'what the kubelet logged where no event is left': () => [
      logged(mountLine('NewSmbGlobalMapping failed. output: "Windows System Error 1326"')),
      web('smb-credentials-wrong', /win-1/),
    ],
    'wrong credentials': () => [
      saying(failed('Windows System Error 1326')),
      web('smb-credentials-wrong', /win-1/),
    ],
    'the server is not found': () => [
      saying(failed('Windows System Error 53')),
      web('smb-server-unreachable'),
    ],
    'the share is not found': () => [
      saying(failed('Windows System Error 67')),
      web('smb-server-unreachable'),
    ],
    'the node starts no further process': () => [
      saying(failed('exit status 0xc0000142')),
      web('smb-helper-failed'),
    ],
    'a second user on one server': () => [
      saying(failed('Multiple connections to a server or shared resource by the same user')),
      web('smb-several-users'),
    ],
    'the same where the volume could not be followed': () => [
      saying(failed('Windows System Error 1326'), shareCluster().without('persistentVolumes')),
      web('smb-credentials-wrong'),
    ],
  },
  passes: {
    'shares that mount': () => shareCluster(),
    'a failed mount of another kind': () => saying('MountVolume.SetUp failed: configmap "x" not found'),
    'a failure that a pod has overcome': () =>
      shareCluster().add(event(web0(), 'FailedMount', failed('Windows System Error 53'))),
    'a failure of long ago': () =>
      saying(failed('Windows System Error 53'), shareCluster(), {last: ago(3700), first: ago(4000)}),
    'a failure of a pod that is gone': () =>
      shareCluster().add(
        event(
          pod({namespace: 'shop', name: 'gone'}, windowsPodSpec(), 'win-1'),
          'FailedMount',
          failed('System Error 53'),
        ),
      ),
    'nobody uses a share': () => healthy(),
  },
  unknown: {
    'events may not be listed': () => [shareCluster().without('events'), 'events'],
    'the log of the kubelet was not read': () => [shareCluster(), 'node.logs'],
  },
});
