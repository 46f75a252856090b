import test from 'ava';
import check from '../../../src/checks/sto/smb-failing.ts';
import {smbErrorOf} from '../../../src/data/smb-errors.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {event, pod, windowsPodSpec} from '../../helpers/raw.ts';
import {shareCluster} from '../../helpers/storage.ts';

const failed = (text: string) =>
  `MountVolume.MountDevice failed for volume "pv-1" : rpc error: code = Internal desc = volume(h) mount "//files.example.test/share" failed with NewSmbGlobalMapping failed. output: "${text}", err: exit status 1`;
const web0 = () => pod({namespace: 'shop', name: 'web-0'}, windowsPodSpec(), 'win-1');
const saying = (text: string, cluster = shareCluster()) => cluster.add(event(web0(), 'FailedMount', text));
const web = (cause: string, says?: RegExp) => ({
  severity: 'error' as const,
  subjects: ['Deployment/shop/web'],
  cause,
  ...(says && {says}),
});

checkCases({
  check,
  finds: {
    'wrong credentials': () => [
      saying(failed('New-SmbGlobalMapping : ... Windows System Error 1326')),
      web('credentials', /win-1/),
    ],
    'the server is not found': () => [saying(failed('Windows System Error 53')), web('server-not-found')],
    'the share is not found': () => [saying(failed('Windows System Error 67')), web('share-not-found')],
    'the node starts no further process': () => [
      saying(failed('exit status 0xc0000142')),
      web('process-start'),
    ],
    'the same where the volume could not be followed': () => [
      saying(failed('Windows System Error 1326'), shareCluster().without('persistentVolumes')),
      web('credentials'),
    ],
  },
  passes: {
    'shares that mount': () => shareCluster(),
    "a failed mount of another class is not SMB's": () =>
      saying('MountVolume.SetUp failed: configmap "x" not found'),
    'a failure of a pod that is gone': () =>
      shareCluster().add(
        event(
          pod({namespace: 'shop', name: 'gone'}, windowsPodSpec(), 'win-1'),
          'FailedMount',
          failed('System Error 53'),
        ),
      ),
    'a mount on Linux': () =>
      healthy().add(
        event(
          pod({namespace: 'kube-system', name: 'coredns-0'}, windowsPodSpec(), 'linux-0'),
          'FailedMount',
          'mount.cifs failed: mount error(13): Permission denied',
        ),
      ),
    'nobody uses a share': () => healthy(),
  },
  unknown: {
    'events may not be listed': () => [shareCluster().without('events'), 'events'],
    'the log of the driver was not read': () => [shareCluster(), 'node.logs'],
  },
});

const classes: Record<string, string | undefined> = {
  'SmbGlobalMapping: System Error 1326': 'credentials',
  'smb: System Error 5': 'access-denied',
  'smb: System Error 53': 'server-not-found',
  'smb: System Error 531': undefined,
  'SmbGlobalMapping: Multiple connections to a server or shared resource': 'several-users',
  'New-SmbGlobalMapping : The parameter is incorrect.': 'source-malformed',
  'System Error 53': undefined,
};
for (const [message, cause] of Object.entries(classes)) {
  test(`"${message}" is ${cause ?? 'of no class'}`, t => t.is(smbErrorOf(message)?.cause, cause));
}
