import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import ava from 'ava';
import type {ExecutionContext} from 'ava';
import {bundleFolder} from '../../helpers/bundle-folder.ts';
import {win} from '../../helpers/cli.ts';
import {healthy} from '../../helpers/cluster.ts';

// One process at a time: each takes a core.
const test = ava.serial;

const line = (minute: number, text: string): string => `2026-09-01T11:${minute}:00Z ${text}\n`;

/** A bundle with the logs of both pods of `shop/web`. */
function captured(t: ExecutionContext): string {
  const folder = bundleFolder(t, healthy());
  for (const [path, text] of [
    ['web-0/web.log', line(10, 'one') + line(12, 'three')],
    ['web-0/web-previous.log', line(15, 'before')],
    ['web-1/web.log', line(11, 'two')],
  ] as const) {
    const at = join(folder, 'cluster-resources/pods/logs/shop', path);
    mkdirSync(dirname(at), {recursive: true});
    writeFileSync(at, text);
  }
  return folder;
}

test('logs of a capture are those of its pods, and of what they belong to in the order of time', async t => {
  const from = captured(t);
  const logs = async (...args: string[]): Promise<string> =>
    (await win(['logs', '--from', from, ...args])).stdout;
  t.is(await logs('web-0'), 'one\nthree\n', 'the namespace need not be named where one alone has the pod');
  t.is(await logs('web-0', '--previous'), 'before\n');
  t.is(await logs('deployment/web', '--no-prefix'), 'one\ntwo\nthree\n');
  t.is(await logs('-n', 'shop', '-l', 'app=web', '--no-prefix', '--tail', '1'), 'two\nthree\n');
  t.is(await logs('web-0', '--since-time', '2026-09-01T11:11:00Z'), 'three\n');
  t.is(await logs('web-0', '--tail', '0'), '');
});

test('what a capture cannot give is told in one line', async t => {
  const from = captured(t);
  for (const [args, says, exit] of [
    [['web-9'], /there is no pod web-9/, 3],
    [['web-0', '-f'], /nothing comes to a capture any more/, 2],
    [['node/win-1', '--source', 'kubelet'], /has nothing of a node win-1/, 3],
    [['coredns-0'], /the capture does not have this log/, 3],
  ] as const) {
    const {code, stderr} = await win(['logs', '--from', from, ...args]);
    t.is(code, exit, stderr);
    t.regex(stderr, says);
  }
});
