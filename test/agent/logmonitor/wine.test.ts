import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {LogMonitorState} from '../../../agent/logmonitor/inspect.ts';
import {tempDir} from '../../helpers/archives.ts';
import {logMonitorProgram} from '../../helpers/stub.ts';
import {insidePath, outputOf, packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';

const CONFIG = '{"LogConfig":{"sources":[]}}';
const DEFAULT = String.raw`C:\LogMonitor\LogMonitorConfig.json`;

/** The volume of a container with LogMonitor in it, as drive `letter` of the prefix; answers its path on this machine. */
async function volume(t: ExecutionContext, prefix: WinePrefix, letter: string): Promise<string> {
  const path = tempDir(t);
  mkdirSync(join(path, 'LogMonitor'));
  copyFileSync(await logMonitorProgram(), join(path, 'LogMonitor', 'LogMonitor.exe'));
  symlinkSync(path, join(prefix.path, 'dosdevices', `${letter}:`));
  return path;
}

interface Given {
  name: string;
  logMonitor: boolean;
  command?: readonly string[];
  pid?: number;
}

/** What the collector makes of containers, by their names. */
async function collect(prefix: WinePrefix, given: readonly Given[]): Promise<Map<string, LogMonitorState>> {
  const exe = await packagedExe('test/agent/programs/logmonitor.ts');
  const stdout = outputOf(await runExe(prefix, [], {exe, stdin: JSON.stringify(given)}));
  const lines = stdout.split('\n').filter(line => line !== '');
  const states = lines.map(line => JSON.parse((JSON.parse(line) as {body: string}).body) as LogMonitorState);
  return new Map(states.map(state => [state.container, state]));
}

const monitor = (letter: string, ...args: string[]) => [`${letter}:\\LogMonitor\\LogMonitor.exe`, ...args];

test('configuration, program and version come from the volume that the process was started from', async t => {
  const prefix = await winePrefix(t);
  const path = await volume(t, prefix, 'k');
  writeFileSync(join(path, 'LogMonitor', 'LogMonitorConfig.json'), `\uFEFF${CONFIG}`);
  const program = readFileSync(await logMonitorProgram());
  const states = await collect(prefix, [{name: 'iis', logMonitor: true, command: monitor('k')}]);
  t.deepEqual(states.get('iis'), {
    namespace: 'shop',
    pod: 'web-0',
    container: 'iis',
    runs: 'entrypoint',
    config: {path: DEFAULT, text: CONFIG},
    configError: null,
    program: {
      path: String.raw`C:\LogMonitor\LogMonitor.exe`,
      bytes: program.length,
      sha256: createHash('sha256').update(program).digest('hex'),
    },
    programError: null,
    version: '2.1.1.0',
  });
});

test('a process that a script started is found, too; containers without one have no file', async t => {
  const prefix = await winePrefix(t);
  const [script, other] = [await volume(t, prefix, 'k'), await volume(t, prefix, 'l')];
  writeFileSync(join(script, 'LogMonitor', 'LogMonitorConfig.json'), CONFIG);
  copyFileSync(await logMonitorProgram(), join(other, 'app.exe'));
  const states = await collect(prefix, [
    {name: 'script', logMonitor: false, command: monitor('k')},
    {name: 'app', logMonitor: false, command: ['l:\\app.exe']},
  ]);
  t.like(states.get('script'), {runs: 'process', config: {path: DEFAULT, text: CONFIG}});
  t.deepEqual([...states.keys()], ['script']);
});

test('links that lead out of the volume are refused: of the file, of its folder, of a folder before it', async t => {
  const prefix = await winePrefix(t);
  const path = await volume(t, prefix, 'k');
  const outside = tempDir(t);
  mkdirSync(join(outside, 'deep'));
  for (const name of ['lm.json', 'deep/lm.json']) writeFileSync(join(outside, name), 'a secret of the node');
  writeFileSync(join(path, 'LogMonitor', 'lm.json'), CONFIG);
  symlinkSync(join(outside, 'lm.json'), join(path, 'LogMonitor', 'link.json'));
  symlinkSync(outside, join(path, 'conf'));
  const exe = await packagedExe('test/agent/programs/read-below.ts');
  const read = async (name: string) => (await runExe(prefix, ['k:', name], {exe})).stdout;
  t.is(await read('c:/logmonitor/LM.json'), CONFIG);
  t.is(
    await read('C:\\LogMonitor\\link.json'),
    'denied: link.json leads out of its folder, which is refused',
  );
  t.is(await read('C:\\conf\\lm.json'), 'denied: conf leads out of its folder, which is refused');
  t.is(await read('C:\\conf\\deep\\lm.json'), 'denied: conf leads out of its folder, which is refused');
  t.is(await read('C:\\LogMonitor'), 'failed: it is a folder');
  t.is(await read('C:\\LogMonitor\\lm.json\\x'), 'failed: it is no folder');
});

test('too large, missing, a folder, the node itself, a process that ended: each says what it is', async t => {
  const prefix = await winePrefix(t);
  const large = await volume(t, prefix, 'k');
  const folder = await volume(t, prefix, 'l');
  await volume(t, prefix, 'm');
  copyFileSync(await logMonitorProgram(), insidePath(prefix, 'C:\\LogMonitor\\LogMonitor.exe'));
  writeFileSync(join(large, 'LogMonitor', 'LogMonitorConfig.json'), 'x'.repeat(1024 * 1024 + 1));
  mkdirSync(join(folder, 'LogMonitor', 'LogMonitorConfig.json'));
  const states = await collect(prefix, [
    {name: 'large', logMonitor: true, command: monitor('k')},
    {name: 'folder', logMonitor: true, command: monitor('l')},
    {name: 'missing', logMonitor: true, command: monitor('m')},
    {name: 'node', logMonitor: true, command: monitor('c')},
    {name: 'ended', logMonitor: true, pid: 0xfff0},
  ]);
  const errors = Object.fromEntries([...states].map(([name, {configError}]) => [name, configError]));
  t.deepEqual(errors, {
    large: `${DEFAULT}: it has more than 1048576 bytes`,
    folder: `${DEFAULT}: it is a folder`,
    missing: `${DEFAULT}: there is no such file`,
    node: "its process runs from the node's own volume, not from one of the container's",
    ended: 'its process has no program that this node can see: it ended, or runs in a virtual machine',
  });
});

test('two containers that claim one volume get none: one of them is in a virtual machine', async t => {
  const prefix = await winePrefix(t);
  const path = await volume(t, prefix, 'k');
  writeFileSync(join(path, 'LogMonitor', 'LogMonitorConfig.json'), CONFIG);
  const states = await collect(prefix, [
    {name: 'one', logMonitor: true, command: monitor('k')},
    {name: 'two', logMonitor: true, command: monitor('k')},
  ]);
  for (const name of ['one', 'two'])
    t.regex(states.get(name)?.configError ?? '', /^another container has the same/);
});
