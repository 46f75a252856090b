import {execFileSync} from 'node:child_process';
import {linkSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {CollectError} from '../../../../agent/collect/collector.ts';
import {openBelow} from '../../../../agent/logs/files/open-below.ts';
import {tempDir} from '../../../helpers/archives.ts';

/** A folder with a secret beside the folder of logs. */
function node(t: Parameters<typeof tempDir>[0]): {logs: string; secret: string} {
  const root = tempDir(t);
  const logs = join(root, 'logs');
  mkdirSync(logs);
  const secret = join(root, 'shadow');
  writeFileSync(secret, 'root:secret');
  return {logs, secret};
}

test('a file of the folder is opened, with its size and identity', async t => {
  const {logs} = node(t);
  writeFileSync(join(logs, 'kubelet.log'), 'hello');
  const file = await openBelow(logs, 'kubelet.log');
  t.is(file?.size, 5);
  const again = await openBelow(logs, 'kubelet.log');
  t.is(again?.identity, file?.identity);
  await file?.handle.close();
  await again?.handle.close();
});

test('a file that is not there is nothing, no error', async t => {
  const {logs} = node(t);
  t.is(await openBelow(logs, 'kubelet.log'), undefined);
  t.is(await openBelow(join(logs, 'absent'), 'kubelet.log'), undefined);
});

for (const [title, plant] of [
  ['a link to a file outside', (logs: string, secret: string) => symlinkSync(secret, join(logs, 'x.log'))],
  [
    'a link to a file inside',
    (logs: string) => {
      writeFileSync(join(logs, 'real.log'), '');
      symlinkSync('real.log', join(logs, 'x.log'));
    },
  ],
  ['a hard link', (logs: string, secret: string) => linkSync(secret, join(logs, 'x.log'))],
  ['a folder', (logs: string) => mkdirSync(join(logs, 'x.log'))],
  [
    'a named pipe, without waiting for a writer',
    (logs: string) => execFileSync('mkfifo', [join(logs, 'x.log')]),
  ],
] as const) {
  test(`${title} is refused`, async t => {
    const {logs, secret} = node(t);
    plant(logs, secret);
    const error = await t.throwsAsync(openBelow(logs, 'x.log'), {instanceOf: CollectError});
    t.is(error.reason, 'denied');
  });
}

test('a folder on the way that became a link is refused', async t => {
  const {logs} = node(t);
  mkdirSync(join(logs, 'elsewhere'));
  writeFileSync(join(logs, 'elsewhere', 'cni.log'), 'secret');
  symlinkSync('elsewhere', join(logs, 'calico'));
  const error = await t.throwsAsync(openBelow(join(logs, 'calico'), 'cni.log'), {instanceOf: CollectError});
  t.regex(error.message, /through a link/);
});

for (const name of [
  '../shadow',
  '/etc/passwd',
  '..',
  '.',
  '',
  'a/b',
  'C:x',
  'x.log:stream',
  '..\\shadow',
  'x\0y',
  '\\\\?\\C:\\x',
]) {
  test(`${JSON.stringify(name)} is no name of a file`, async t => {
    const {logs} = node(t);
    const error = await t.throwsAsync(openBelow(logs, name), {instanceOf: CollectError});
    t.is(error.reason, 'denied');
  });
}
