/** How long the program takes to start, from the checkout and as an executable, against a bare Node, and `lint` of one manifest. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildProgram} from '../../scripts/programs/program.ts';
import {Bounds, measure, middle} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const RUNS = 15;
const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector: {kubernetes.io/os: windows}
      containers: [{name: web, image: 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'}]
`;

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--quiet'], {stdio: 'inherit'});
if (built.status !== 0) throw new Error('the build failed');
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
const manifest = join(folder, 'web.yaml');
writeFileSync(manifest, MANIFEST);

const win = join(root, 'bin', 'kubectl-win');
const {path: executable} = await buildProgram({
  program: 'plugin',
  platform: process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64',
  say: line => console.error(line),
});
const commands: Record<string, [string, string[]]> = {
  node: [process.execPath, ['-e', '0']],
  version: [win, ['version', '--client']],
  lint: [win, ['lint', manifest, '--fail-on', 'never']],
  'executable version': [executable, ['version', '--client']],
  'executable help': [executable, ['doctor', '--help']],
  'executable explain': [executable, ['explain', 'SCH003']],
};
const times = new Map(Object.keys(commands).map(name => [name, [] as number[]]));
// In turns, so that a machine that slows down slows all of them; the first turn warms up.
for (let turn = 0; turn <= RUNS; turn++) {
  for (const [name, [command, args]] of Object.entries(commands)) {
    const {ms, exitCode} = await measure(command, args, false);
    if (exitCode !== 0) throw new Error(`${name} ended with code ${exitCode}`);
    if (turn > 0) times.get(name)?.push(ms);
  }
}
rmSync(folder, {recursive: true});

const median = (name: string): number => middle(times.get(name) ?? []);
const bounds = new Bounds();
bounds.note('node -e 0', median('node'), ' ms');
bounds.note('version --client', median('version'), ' ms');
bounds.atMost('version --client against node -e 0', median('version') / median('node'), 3, ' times');
for (const [what, name] of [
  ['version --client', 'executable version'],
  ['doctor --help', 'executable help'],
  ['explain', 'executable explain'],
] as const)
  bounds.atMost(`executable's ${what} against node -e 0`, median(name) / median('node'), 4, ' times');
bounds.atMost('lint of one manifest', median('lint'), 250, ' ms');
bounds.conclude();
