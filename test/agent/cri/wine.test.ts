import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {wine, wineEnv} from '../../helpers/wine-template.ts';
import {insidePath, packagedExe, runExe, startExe, winePrefix} from '../../helpers/wine.ts';
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

test('the configuration is found by the command line of containerd’s service, and the CNI by the configuration', async t => {
  const prefix = await winePrefix(t);
  const service = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\containerd';
  const commandLine = '"C:\\k\\containerd.exe" --run-service --config "C:\\my node\\config.toml"';
  execFileSync(wine(), ['reg', 'add', service, '/v', 'ImagePath', '/d', commandLine], {
    env: wineEnv(prefix.path),
    stdio: 'ignore',
  });
  writeFileSync(
    insidePath(prefix, 'C:\\my node\\config.toml'),
    `version = 3
imports = ['conf.d\\*.toml']
[plugins.'io.containerd.cri.v1.runtime'.cni]
conf_dir = 'C:\\my node\\cni'
bin_dirs = ['C:\\my node\\bin']
`,
  );
  const dropIn = `[plugins.'io.containerd.cri.v1.images'.registry.headers]\nAuthorization = ['Basic hunter2hunter2']\n`;
  writeFileSync(insidePath(prefix, 'C:\\my node\\conf.d\\registry.toml'), dropIn);
  const network = '{"name": "l2bridge", "plugins": [{"type": "sdnbridge"}]}';
  writeFileSync(insidePath(prefix, 'C:\\my node\\cni\\10-net.conflist'), network);
  writeFileSync(insidePath(prefix, 'C:\\my node\\bin\\sdnbridge.exe'), 'program');
  const lines = await collect(t, prefix, 'cri.config,cni');
  t.like(lines.get('cri.config'), {ok: true, source: 'C:\\my node\\config.toml'});
  t.like(lines.get('cri.config.01-registry'), {
    ok: true,
    body: dropIn.replace('Basic hunter2hunter2', '[redacted]'),
  });
  t.like(lines.get('cni.10-net'), {ok: true, body: network});
  const programs = lines.get('cni.bin');
  t.like(JSON.parse(programs?.ok ? programs.body : '[]'), [
    {name: 'sdnbridge.exe', folder: 'C:\\my node\\bin', size: 7},
  ]);
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
