import {once} from 'node:events';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {packagedExe, runExe, startExe, winePrefix} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';

const PIPE = '\\\\.\\pipe\\containerd-containerd';

async function collect(t: ExecutionContext, prefix: WinePrefix, names: string) {
  const run = await runExe(prefix, ['snapshot', '--collectors', names, '--node-name', 'win-1']);
  t.is(run.code, 0, run.stderr);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as CollectorLine);
  return new Map(lines.map(line => [line.key, line]));
}

test('the packaged agent asks containerd over its named pipe', async t => {
  const prefix = await winePrefix(t);
  const exe = await packagedExe('test/agent/programs/runtime-pipe.ts');
  const runtime = await startExe(prefix, [PIPE], {exe});
  try {
    const [said] = await Promise.race([
      once(runtime.stdout, 'data'),
      runtime.ended.then(run => [run.stderr]),
    ]);
    t.is(String(said), 'ready\n');
    const lines = await collect(t, prefix, 'cri.version,cri.sandboxes');
    const version = lines.get('cri.version');
    t.true(version?.ok, JSON.stringify(version));
    t.like(JSON.parse(version?.ok ? version.body : '{}'), {runtimeVersion: 'v2.1.6'});
    const sandboxes = lines.get('cri.sandboxes');
    const body = sandboxes?.ok ? sandboxes.body : '';
    t.true(body.includes('1700000000123456789'));
    t.true(body.includes('d9a1f1c2-0000-4000-8000-000000000001'));
    t.false(body.includes('hunter2'));
  } finally {
    await runtime.stop();
  }
});

test('without containerd its pipe is told to be absent', async t => {
  const lines = await collect(t, await winePrefix(t), 'cri.version,cri.pause');
  t.like(lines.get('cri.version'), {
    ok: false,
    reason: 'failed',
    detail: `${PIPE} is not there: the runtime does not run`,
  });
  t.like(lines.get('cri.pause'), {ok: true, reason: 'failed'});
});
