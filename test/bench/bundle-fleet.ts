/**
 * `kubectl win bundle` of clusters with an agent on each of 50 and, with `--full`, of 1,000 nodes, through the real API server: its time,
 * size and memory, and whether what it says of the cluster is what `doctor --from` says of it later.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {DoctorReport} from '../../src/report/report.ts';
import type {TestLab} from '../lab/lab.ts';
import {withCrowd} from './parts/crowd-lab.ts';
import {Bounds, isFull, measure} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const main = join(root, 'dist', 'main.js');
const SIZES = isFull ? [50, 1000] : [50];
const MB = 1e6;
/** What issue 8 asks for. */
const WANTED = {peakMb: 300, offlineS: 15, inspectS: 1};
const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--quiet'], {stdio: 'inherit'});
if (built.status !== 0) throw new Error('the build failed');

const bounds = new Bounds();
for (const nodes of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bundle-fleet-'));
  try {
    const archive = join(folder, 'bundle.tar.gz');
    await withCrowd({nodes, faults: false}, lab => collected(lab, archive, nodes));
    await read(archive, folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}
bounds.conclude();

async function collected({kubeconfigs}: TestLab, archive: string, nodes: number): Promise<void> {
  const args = ['bundle', '--agent', 'require', '--output-file', archive, '--kubeconfig', kubeconfigs.admin];
  const {ms, peak, exitCode} = await measure(process.execPath, [main, ...args]);
  bounds.countAtMost(`exit code with ${nodes} agents`, exitCode ?? 99, 0);
  bounds.note('bundle', ms / 1000, ' s');
  bounds.note('size', statSync(archive).size / MB, ' MB');
  bounds.atMost('peak memory', peak / MB, WANTED.peakMb, ' MB');
}

async function read(archive: string, folder: string): Promise<void> {
  const inspected = await measure(process.execPath, [main, 'bundle', 'inspect', archive], false);
  bounds.atMost('bundle inspect', inspected.ms / 1000, WANTED.inspectS, ' s');
  const started = performance.now();
  const later = spawnSync(
    process.execPath,
    [main, 'doctor', '--from', archive, '-o', 'json', '--fail-on', 'never'],
    {encoding: 'utf8', maxBuffer: 2 ** 28},
  );
  if (later.status !== 0) throw new Error(later.stderr);
  bounds.atMost('doctor --from it', (performance.now() - started) / 1000, WANTED.offlineS, ' s');
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  const live = readFileSync(join(folder, 'kubectl-win', 'doctor.json'), 'utf8');
  bounds.countAtMost('reports that differ', judged(live) === judged(later.stdout) ? 0 : 1, 0);
}

/** What a report says, apart from where it comes from and how long that took. */
function judged(text: string): string {
  // Both are reports of ours.
  const {source: _source, timings: _timings, ...rest} = JSON.parse(text) as DoctorReport;
  return JSON.stringify(rest);
}
