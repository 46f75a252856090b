/**
 * `doctor` on a large scene: its time against `kubectl get --raw` of the same lists in the same run, its memory, its
 * requests, and how it grows. `--kubeconfig FILE` measures a cluster that is there instead of one of our own.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {RequestRecord} from '../../plugin/kube/api-reader.ts';
import {loadKubeconfig} from '../../plugin/kube/kubeconfig.ts';
import {loadLive} from '../../plugin/kube/load-live.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {startLab} from '../lab/lab.ts';
import {buildLab} from '../lab/parts/build.ts';
import {LargeScene} from './parts/large-scene.ts';
import type {Run} from './parts/measure.ts';
import {Bounds, isFull, measure, median} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const SMALL = isFull ? {nodes: 100, pods: 1000} : {nodes: 10, pods: 500};
const LARGE = isFull ? {nodes: 1000, pods: 10_000} : {nodes: 100, pods: 1000};
/** Smaller lists cost kubectl its own start more than anything: leaving them out makes the comparison harder for us. */
const BIG_LIST = 100_000;
const MB = 1e6;

const kubectl = (await buildLab(() => undefined)).get('kubectl') ?? 'kubectl';
const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--quiet'], {stdio: 'inherit'});
if (built.status !== 0) throw new Error('the build failed');

const report = join(mkdtempSync(join(tmpdir(), 'bench-report-')), 'report.json');
const bounds = new Bounds();
const given = process.argv.indexOf('--kubeconfig');
if (given > 0) await compare(process.argv[given + 1] ?? '');
else await ownLab();
rmSync(dirname(report), {recursive: true});
bounds.conclude();

async function ownLab(): Promise<void> {
  const lab = await startLab();
  try {
    const scene = new LargeScene(lab);
    await scene.grow(SMALL.nodes, SMALL.pods);
    const small = await median(() => doctor(lab.kubeconfigs.admin));
    await scene.grow(LARGE.nodes, LARGE.pods);
    const large = await compare(lab.kubeconfigs.admin);
    const growth = LARGE.nodes / SMALL.nodes;
    bounds.atMost(`time grows with ${growth} times the nodes`, large.ms / small.ms, growth * 1.15, ' times');
  } finally {
    await lab.stop();
  }
}

async function compare(kubeconfig: string): Promise<Run> {
  const records: RequestRecord[] = [];
  const access = loadKubeconfig({kubeconfig});
  await loadLive({access, signal: new AbortController().signal, log: r => records.push(r)});
  const lists = bigLists(records);
  const raw = await median(() => kubectlRaw(kubeconfig, lists));
  const run = await median(() => doctor(kubeconfig));
  bounds.note('bytes read', records.reduce((sum, r) => sum + r.bytes, 0) / MB, ' MB');
  bounds.note(`kubectl get --raw of ${lists.length} big lists`, raw.ms / 1000, ' s');
  bounds.atMost('doctor', run.ms / 1000, 6, ' s');
  bounds.atMost('doctor against kubectl get --raw', run.ms / raw.ms, 2.5, ' times');
  bounds.atMost('peak memory', run.peak / MB, 350, ' MB');
  bounds.countAtMost('requests', records.length, 60);
  bounds.countAtMost('requests in flight', Math.max(...records.map(r => r.inFlight)), 5);
  return run;
}

async function doctor(kubeconfig: string): Promise<Run> {
  const args = [
    'doctor',
    '--kubeconfig',
    kubeconfig,
    '--agent',
    'never',
    '-o',
    'json',
    '--output-file',
    report,
  ];
  rmSync(report, {force: true});
  const run = await measure(process.execPath, [join(root, 'dist', 'main.js'), ...args]);
  // A program that dies at once would be the fastest of all.
  const written: unknown = JSON.parse(readFileSync(report, 'utf8'));
  if (!isRecord(written) || written['kind'] !== 'DoctorReport') throw new Error(`${report} is no report`);
  return run;
}

async function kubectlRaw(kubeconfig: string, lists: readonly string[]): Promise<Run> {
  let ms = 0;
  for (const path of lists) {
    const run = await measure(kubectl, ['--kubeconfig', kubeconfig, 'get', '--raw', path]);
    if (run.exitCode !== 0) throw new Error(`kubectl get --raw ${path} exited with ${run.exitCode}`);
    ms += run.ms;
  }
  return {ms, peak: 0, exitCode: 0};
}

/** The lists that were read, with their selectors and without paging, where all pages together are big. */
function bigLists(records: readonly RequestRecord[]): string[] {
  const bytes = new Map<string, number>();
  for (const record of records) {
    const [path = '', search] = record.path.split('?');
    const query = new URLSearchParams(search);
    for (const paging of ['limit', 'continue']) query.delete(paging);
    const list = query.size > 0 ? `${path}?${query.toString()}` : path;
    bytes.set(list, (bytes.get(list) ?? 0) + record.bytes);
  }
  return [...bytes].filter(([, size]) => size > BIG_LIST).map(([list]) => list);
}
