import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import ava from 'ava';
import type {DoctorReport} from '../../src/report/report.ts';
import {tempDir} from '../helpers/archives.ts';
import {win} from '../helpers/cli.ts';
import {onLab} from './agent/installed.ts';
import {startLab} from './lab.ts';

// One control plane at a time.
const test = ava.serial;

/** Each scene is a control plane of its own: all of them under `KUBECTL_WIN_FULL=1`, else the one with most faults. */
const isFull = process.env['KUBECTL_WIN_FULL'] === '1';

const SCENES = [
  {scene: 'healthy'},
  {scene: 'sick'},
  {scene: 'aks'},
  {scene: 'eks'},
  {scene: 'gke'},
  {scene: 'ci-farm'},
  {scene: 'large', large: {nodes: 12, pods: 60}},
] as const;

/** A report without what two runs differ in. */
function judged(text: string): object {
  const {source: _source, timings: _timings, ...rest} = JSON.parse(text) as DoctorReport;
  return rest;
}

/** What a list has of things that do not change from second to second. */
function items(text: string): unknown[] {
  const {items: all} = JSON.parse(text) as {items: Record<string, unknown>[]};
  return all.map(({uptimeSeconds: _uptime, ...rest}) => rest);
}

/** What was found; figures and ages change from second to second. Where nothing was, all but whose answer it is. */
function told(text: string): string[] {
  return (
    text.match(/^ *(?:error|warning|info) +[A-Z]{3}\d{3}/gm) ??
    text.split('\n').filter(line => !/^(?:capture|cluster) /.test(line))
  );
}

for (const options of SCENES.filter(({scene}) => isFull || scene === 'sick')) {
  test(`${options.scene}: a bundle is judged and listed as its cluster is`, async t => {
    t.timeout(600_000);
    const lab = await startLab(options);
    t.teardown(() => lab.stop());
    const archive = join(tempDir(t), 'b.tar.gz');
    const made = await onLab(lab, 'bundle', '--output-file', archive, '--agent', 'never');
    t.is(made.code, 0, made.stderr);
    const from = (...args: string[]): ReturnType<typeof win> => win([...args, '--from', archive]);

    const inside = execFileSync('tar', ['-xzOf', archive, 'b/kubectl-win/doctor.json'], {encoding: 'utf8'});
    const offline = await from('doctor', '-o', 'json');
    t.deepEqual(judged(offline.stdout), judged(inside));
    t.deepEqual((JSON.parse(inside) as DoctorReport).problems, []);

    for (const command of ['nodes', 'images', 'runtime']) {
      const live = await onLab(lab, command, '--agent', 'never', '-o', 'json');
      t.deepEqual(items((await from(command, '-o', 'json')).stdout), items(live.stdout), command);
    }
    for (const [command, ...args] of [
      ['networks'],
      ['endpoints'],
      ['loadbalancers'],
      ['namespaces'],
      ['graph', '--service', 'default/kubernetes'],
      ['check'],
    ]) {
      const live = await onLab(lab, 'hns', command ?? '', ...args, '--agent', 'never');
      const {code, stdout, stderr} = await from('hns', command ?? '', ...args);
      t.is(code, live.code, `${command}: ${stderr}`);
      t.deepEqual(told(stdout), told(live.stdout), command);
    }
    t.is((await win(['bundle', 'diff', archive, archive])).code, 0);
  });
}
