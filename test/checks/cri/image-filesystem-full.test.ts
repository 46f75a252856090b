import check from '../../../src/checks/cri/image-filesystem-full.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {ago, event} from '../../helpers/raw.ts';
function told(reason: string, message: string, node = 'win-1', more: object = {}) {
  const cluster = healthy();
  return cluster.add(event(cluster.get('Node', node), reason, message, more));
}
const full = (percent: number) =>
  `Insufficient free disk space on the node's image filesystem (${percent}% of 127.9 GiB used). Failed to free sufficient space by deleting unused images (freed 0 bytes).`;
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    '91 % as a warning': () => [
      told('FreeDiskSpaceFailed', full(91)),
      {severity: 'warning', subjects, cause: 'full', says: /91 % full/},
    ],
    '96 % as an error': () => [told('ImageGCFailed', full(96)), {severity: 'error', subjects}],
    'an older kubelet names no share': () => [
      told(
        'FreeDiskSpaceFailed',
        'failed to garbage collect required amount of images. Wanted to free 1 bytes, but freed 0 bytes',
      ),
      {severity: 'warning', subjects, says: /runs full/},
    ],
    'pods are being evicted for the disk': () => [
      told('EvictionThresholdMet', 'Attempting to reclaim ephemeral-storage'),
      {severity: 'warning', subjects},
    ],
  },
  passes: {
    'no such event': () => healthy(),
    'an event older than an hour': () =>
      told('FreeDiskSpaceFailed', full(96), 'win-1', {first: ago(9000), last: ago(3700)}),
    'evictions for memory': () => told('EvictionThresholdMet', 'Attempting to reclaim memory'),
    'a Linux node': () => told('FreeDiskSpaceFailed', full(96), 'linux-0'),
  },
  unknown: {
    'events may not be listed': () => [healthy().without('events'), 'events'],
    'the disk itself takes the agent': () => [healthy(), 'node.system'],
  },
});

test('CRI010 counts 95 % as a warning still', t => {
  const fails = judge(told('FreeDiskSpaceFailed', full(95)).snapshot(), [check]).fails.flatMap(f => f.fails);
  t.deepEqual(
    fails.map(f => f.severity),
    ['warning'],
  );
});
