/**
 * How long it takes from nothing to a diagnosis by the commands of the README, on a bare machine; how large the downloads are; how long `npm ci` takes.
 * Of that nothing says much in a tenth of its size: it is measured with `--full` only, as root.
 */
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {installLine, machineOn} from '../lab/fresh/machine.ts';
import {putKrew, putNode, runIn} from '../lab/fresh/root.ts';
import {serveFolder} from '../lab/fresh/serve.ts';
import {startLab} from '../lab/lab.ts';
import {buildForTest} from '../lab/parts/build.ts';
import {Bounds, isFull} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const bounds = new Bounds();
const folder = mkdtempSync(join(tmpdir(), 'bench-install-'));

function run(command: string, args: readonly string[], cwd = root): number {
  const started = performance.now();
  const {status} = spawnSync(command, args, {cwd, stdio: ['ignore', 'ignore', 'inherit']});
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${status}`);
  return (performance.now() - started) / 1000;
}

async function seconds(machine: string, lines: readonly string[]): Promise<number> {
  const started = performance.now();
  let last = '';
  for (const line of lines) {
    const {code, stdout, stderr} = await runIn(machine, line);
    // 1 means that something was found.
    if (code > 1) throw new Error(`${line}: ${stderr}`);
    last = stdout;
  }
  if (!last.includes('root causes')) throw new Error(`no diagnosis: ${last}`);
  return (performance.now() - started) / 1000;
}

async function measureAll(): Promise<void> {
  const checkout = join(folder, 'checkout');
  mkdirSync(checkout);
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(checkout, name));
  bounds.atMost(
    'npm ci',
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], checkout),
    60,
    ' s',
  );

  const release = join(folder, 'release');
  const url = await serveFolder(release);
  const args = ['--url', url, '--homepage', 'https://example.com', '--output-folder', release];
  run(process.execPath, [join(root, 'scripts/build-release.ts'), ...args, 'linux/amd64', 'windows/amd64']);
  for (const file of readdirSync(release).filter(name => /\.(?:tar\.gz|zip|deb|tgz)$/.test(name)))
    bounds.atMost(file, statSync(join(release, file)).size / 1e6, 45, ' MB');

  const lab = await startLab({scene: 'sick'});
  try {
    const machine = join(folder, 'machine');
    mkdirSync(machine);
    await machineOn(machine, {lab, whole: false});
    putKrew(machine, join(await buildForTest('krew', line => console.error(line)), 'krew'));
    await putNode(machine);
    const diagnose = 'kubectl win doctor';
    const byKrew = [installLine('kubectl krew', url), diagnose];
    bounds.atMost('krew: install and diagnose', await seconds(machine, byKrew), 120, ' s');
    await runIn(machine, 'kubectl krew uninstall win');
    bounds.atMost('npx: diagnose', await seconds(machine, [installLine('npx', url)]), 120, ' s');
    const byNpm = [installLine('npm', url), diagnose];
    bounds.atMost('npm: install and diagnose', await seconds(machine, byNpm), 120, ' s');
  } finally {
    await lab.stop();
  }
}

try {
  if (isFull) await measureAll();
  else console.log('       only with --full');
} finally {
  rmSync(folder, {recursive: true, force: true});
}
bounds.conclude();
