import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import ava from 'ava';
import type {BundleInfo} from '../../plugin/services/bundle/inspect.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import {tempDir} from '../helpers/archives.ts';
import {Inventor} from '../helpers/redaction/invent.ts';
import {allWell, install, onLab, podOn, processOn} from './agent/installed.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';
import type {CuttingProxy} from './logs/cutting-proxy.ts';
import {cuttingProxy} from './logs/cutting-proxy.ts';

// One control plane, and one agent to be killed, for all.
const test = ava.serial;
let lab: TestLab;

/** A tenth of the proof by default, all of it with `KUBECTL_WIN_FULL=1`. */
const MOMENTS = process.env['KUBECTL_WIN_FULL'] === '1' ? 100 : 10;
const main = join(import.meta.dirname, '../../plugin/main.ts');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
const WAYS = [...SIGNALS, 'agent', 'API server'] as const;
const VICTIM = 'win-1';

test.before(async t => {
  t.timeout(300_000);
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

/** A collection under way, with folders of its own for its archive and for what is temporary. */
interface Collection {
  folder: string;
  archive: string;
  temporary: string;
  child: ReturnType<typeof spawn>;
  ended: Promise<number | null>;
}

function collect(folder: string, kubeconfig: string): Collection {
  const temporary = join(folder, 'tmp');
  const out = join(folder, 'out');
  mkdirSync(temporary);
  mkdirSync(out);
  const archive = join(out, 'b.tar.gz');
  const args = ['--disable-warning=ExperimentalWarning', main, 'bundle', '--output-file', archive];
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_CACHE_HOME: join(import.meta.dirname, '../../build/test-cache'),
    TMPDIR: temporary,
    KUBECONFIG: kubeconfig,
  };
  const child = spawn(process.execPath, args, {env, stdio: 'ignore'});
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  return {folder: out, archive, temporary, child, ended};
}

/** Names of everything in the cluster that somebody could have left there. */
async function inventory(): Promise<string[]> {
  const kinds =
    'pods,daemonsets,jobs,secrets,configmaps,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,namespaces,networkpolicies';
  return (await lab.kubectl(['get', kinds, '-A', '-o', 'name'])).split('\n').filter(Boolean).toSorted();
}

/** Ends the agent of a node by force; afterwards its pod is made anew, as a kubelet would have started it again. */
async function killAgent(): Promise<void> {
  process.kill(await processOn(lab, VICTIM), 'SIGKILL');
}

async function reviveAgent(): Promise<void> {
  await lab.kubectl([
    'delete',
    'pod',
    '-n',
    'kubectl-win',
    await podOn(lab, VICTIM),
    '--force',
    '--grace-period=0',
  ]);
}

/** A kubeconfig whose server is behind a proxy. */
async function throughProxy(folder: string): Promise<{kubeconfig: string; proxy: CuttingProxy}> {
  const {port, hostname, host} = new URL(lab.server);
  const proxy = await cuttingProxy({host: hostname, port: Number(port)});
  const kubeconfig = join(folder, 'kubeconfig');
  const text = readFileSync(lab.kubeconfigs.admin, 'utf8');
  writeFileSync(kubeconfig, text.replace(host, `${hostname}:${proxy.port}`));
  return {kubeconfig, proxy};
}

test(`killed at ${MOMENTS} random moments, a collection leaves an archive that opens and says what it lacks, or nothing`, async t => {
  t.timeout(60_000 + MOMENTS * 60_000);
  await install(t, lab);
  await allWell(t, lab);
  const before = await inventory();
  const began = performance.now();
  const whole = collect(tempDir(t), lab.kubeconfigs.admin);
  t.is(await whole.ended, 0);
  const wholeMs = performance.now() - began;

  const inventor = new Inventor(Number(process.env['KUBECTL_WIN_SEED']) || 20_261_129);
  for (let n = 0; n < MOMENTS; n++) {
    const way = WAYS[n % WAYS.length] ?? 'SIGKILL';
    const afterMs = inventor.below(Math.ceil(wholeMs));
    const label = `${way} after ${afterMs} of ${Math.round(wholeMs)} ms`;
    const home = tempDir(t);
    const {kubeconfig, proxy} = await throughProxy(home);
    const run = collect(home, kubeconfig);
    await Promise.race([sleep(afterMs), run.ended]);
    if (way === 'agent') await killAgent();
    else if (way === 'API server') await proxy.stop();
    else run.child.kill(way);
    const code = await run.ended;
    if (way !== 'API server') await proxy.stop();
    if (way === 'agent') await reviveAgent();

    if (way === 'SIGKILL') await goOn(t, run, label);
    const left = readdirSync(run.folder);
    t.deepEqual(readdirSync(run.temporary), [], label);
    if (left.length === 0)
      t.true(code === 130 || code === 3 || code === null || way === 'SIGTERM', `${label}: ${code}`);
    else await opens(t, run, {label, code});
    if (way === 'agent') await allWell(t, lab);
  }
  t.deepEqual(
    (await inventory()).filter(name => !before.includes(name) && !name.includes('kubectl-win-agent-')),
    [],
  );
});

/** What a collection that could do nothing any more has left behind is gone on with, and then gone. */
async function goOn(
  t: Parameters<typeof tempDir>[0],
  {folder, archive}: Collection,
  label: string,
): Promise<void> {
  const left = readdirSync(folder, {withFileTypes: true}).find(entry => entry.isDirectory());
  if (!left) return;
  const made = await onLab(lab, 'bundle', '--resume', join(folder, left.name), '--output-file', archive);
  t.is(made.code, 0, `${label}: ${made.stderr}`);
}

async function opens(
  t: Parameters<typeof tempDir>[0],
  {folder, archive}: Collection,
  {label, code}: {label: string; code: number | null},
): Promise<void> {
  t.deepEqual(readdirSync(folder), ['b.tar.gz'], label);
  const verified = await onLab(lab, 'bundle', 'verify', archive);
  t.is(verified.code, 0, `${label}: ${verified.stdout}${verified.stderr}`);
  const info = JSON.parse(
    (await onLab(lab, 'bundle', 'inspect', archive, '-o', 'json')).stdout,
  ) as BundleInfo;
  t.true(code !== 130 || info.missing.some(({what}) => what === 'doctor.json'), label);
  const judged = await onLab(lab, 'doctor', '--from', archive, '-o', 'json');
  t.deepEqual((JSON.parse(judged.stdout) as DoctorReport).problems, [], label);
}
