import {execFile} from 'node:child_process';
import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import ava from 'ava';
import type {ExecutionContext} from 'ava';
import type {BundleInfo} from '../../plugin/services/bundle/inspect.ts';
import type {ManifestGap} from '../../src/capture/manifest.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import {tempDir} from '../helpers/archives.ts';
import {allWell, install, onLab} from './agent/installed.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

const run = promisify(execFile);
const main = join(import.meta.dirname, '../../plugin/main.ts');
const KIB = 1024;
/** What a collection keeps free at first. */
const RESERVE_KIB = 4 * KIB;
/** Of the room that a bundle of the lab takes beside that. */
const PARTS = [0.02, 0.6, 0.9, 0.98];

test.before(async t => {
  t.timeout(300_000);
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

interface Collected {
  code: number;
  stderr: string;
  /** A copy of what was on the disk in the end. */
  folder: string;
}

/** Collects onto a disk of its own, of so many KiB, which is gone with the process. */
async function collectOn(t: ExecutionContext, kib: number, ...flags: string[]): Promise<Collected> {
  const home = tempDir(t);
  const disk = join(home, 'disk');
  const folder = join(home, 'copy');
  mkdirSync(disk);
  mkdirSync(folder);
  const script = `mount -t tmpfs -o size=${kib}k none "$1"; shift; "$@"; code=$?; cp -r ${disk}/. ${folder}; exit $code`;
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', main, 'bundle'];
  const args = ['--output-file', join(disk, 'b.tar.gz'), ...flags];
  const env = {PATH: process.env['PATH'], HOME: home, KUBECONFIG: lab.kubeconfigs.admin};
  const ended = run('unshare', ['--mount', 'sh', '-c', script, 'sh', disk, ...command, ...args], {env});
  const {code, stderr} = await ended.then(
    done => ({code: 0, stderr: done.stderr}),
    (error: {code: number; stderr: string}) => ({code: error.code, stderr: error.stderr}),
  );
  return {code, stderr, folder};
}

async function infoOf(archive: string): Promise<BundleInfo> {
  const {stdout} = await onLab(lab, 'bundle', 'inspect', archive, '-o', 'json');
  return JSON.parse(stdout) as BundleInfo;
}

const isOfStopping = ({what, detail}: ManifestGap): boolean =>
  what === 'node.agent' || detail.includes('stopped');

test('a disk that is full at any stage gives an archive that opens and says what it lacks', async t => {
  t.timeout(300_000);
  await install(t, lab);
  await allWell(t, lab);
  const whole = await collectOn(t, 256 * KIB);
  t.is(whole.code, 0, whole.stderr);
  const {bytes, files} = await infoOf(join(whole.folder, 'b.tar.gz'));
  // Each file takes whole pages of 4 KiB.
  const kib = bytes / KIB + files * 2;
  /** How many files each archive has that is not whole. */
  const stopped: number[] = [];
  let half = '';
  for (const part of PARTS) {
    const {code, stderr, folder} = await collectOn(t, Math.round(RESERVE_KIB + kib * part));
    const label = `${part} of ${kib} KiB: ${stderr}`;
    t.is(code, 0, label);
    t.deepEqual(readdirSync(folder), ['b.tar.gz'], label);
    const archive = join(folder, 'b.tar.gz');
    const verified = await onLab(lab, 'bundle', 'verify', archive);
    t.is(verified.code, 0, `${label}${verified.stdout}${verified.stderr}`);
    const {missing, files: packed} = await infoOf(archive);
    const judged = await onLab(lab, 'doctor', '--from', archive, '-o', 'json');
    t.deepEqual((JSON.parse(judged.stdout) as DoctorReport).problems, [], label);
    const isFull = missing.some(({what, detail}) => what === 'doctor.json' && detail.startsWith('no space'));
    t.is(
      stderr.includes('no space is left on the disk: stopped; `kubectl win bundle --resume'),
      isFull,
      label,
    );
    if (!isFull) continue;
    half = archive;
    stopped.push(packed);
  }
  t.true(stopped.length > 1);
  t.true((stopped[0] ?? 0) < (stopped.at(-1) ?? 0), `it was full sooner and later: ${stopped.join(', ')}`);
  const rest = join(tempDir(t), 'rest.tar.gz');
  const made = await onLab(lab, 'bundle', '--resume', half, '--output-file', rest);
  t.is(made.code, 0, made.stderr);
  const {missing} = await infoOf(rest);
  t.deepEqual(missing.filter(isOfStopping), [], 'where there is room again it is made whole');
});
