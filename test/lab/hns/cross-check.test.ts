import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import ava from 'ava';
import {tempDir} from '../../helpers/archives.ts';
import {schemaErrors} from '../../helpers/schemas.ts';
import {allWell, install, onLab, uninstall} from '../agent/installed.ts';
import {startLab, type TestLab} from '../lab.ts';
import {stoppedInTheWait} from './interrupted.ts';
import type {NodeState} from './node-state.ts';
import {nodeState} from './node-state.ts';

// One control plane and one fleet for all.
const test = ava.serial;
let lab: TestLab;
let folder: string;
/** What is wrong on win-2 and on win-1. */
const FAULTS = ['HNS008', 'SVC001'];
const states = new Map<string, NodeState>();
/** A bundle of the time at which something was wrong. */
let archive: string;

interface Report {
  findings: {
    id: string;
    state: string;
    severity: string;
    message: string;
    subjects: {kind: string; namespace?: string; name: string}[];
  }[];
  problems: unknown[];
}

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hns-'));
  lab = await startLab({agents: true, wine: true});
});
test.after.always(async () => {
  await lab?.stop();
  rmSync(folder, {recursive: true});
});

async function check(...args: string[]): Promise<{code: number | null; report: Report; stderr: string}> {
  const {code, stdout, stderr} = await onLab(
    lab,
    'hns',
    'check',
    '-o',
    'json',
    '--agent',
    'require',
    ...args,
  );
  return {code, stderr, report: JSON.parse(stdout) as Report};
}

function stateOf(name: string): NodeState {
  const state = states.get(name);
  if (!state) throw new Error(`nothing of ${name} was programmed`);
  return state;
}

test('nothing is found where HNS has what the live Services want', async t => {
  t.timeout(300_000);
  await install(t, lab);
  await allWell(t, lab);
  for (const name of ['win-1', 'win-2']) {
    const state = await nodeState(lab, name);
    state.write();
    states.set(name, state);
  }
  const {code, report, stderr} = await check();
  t.is(code, 0, stderr);
  t.deepEqual(report.problems, []);
  t.deepEqual(
    report.findings.map(f => `${f.id} ${f.message}`),
    [],
  );
});

test('a load balancer that is gone and an endpoint that lost its pod to another node are found, and certain after a second look', async t => {
  t.timeout(300_000);
  const without = stateOf('win-1');
  without.store.balancers = without.store.balancers.filter(b => b.service !== 'shop/web');
  without.write();
  const stale = stateOf('win-2');
  const own = stale.store.endpoints.find(e => e.pod?.startsWith('shop/web'));
  const elsewhere = stale.store.endpoints.find(e => e.remote);
  if (!own || !elsewhere) throw new Error('the node has no pod of shop/web');
  stale.store.add({...elsewhere, ip: own.ip, mac: '02-11-0a-f4-01-01'});
  stale.write();
  archive = join(folder, 'b.tar.gz');
  const [{code, report, stderr}, made] = await Promise.all([
    check('--confirm', '60s'),
    onLab(lab, 'bundle', '--confirm', '60s', '--logs', 'none', '--output-file', archive),
  ]);
  t.is(made.code, 0, made.stderr);
  t.is(code, 1, stderr);
  const found = report.findings.filter(f => f.id !== 'HNS009');
  t.deepEqual(
    found.map(({id, state, severity}) => ({id, state, severity})),
    FAULTS.map(id => ({id, state: 'confirmed', severity: 'error'})),
  );
  t.deepEqual(found[1]?.subjects, [{kind: 'Service', namespace: 'shop', name: 'web'}]);
  t.regex(found[1]?.message ?? '', /^HNS of win-1 has no load balancer for .*:80\/TCP of Service shop\/web/);
  t.true(found[0]?.message.includes(own.ip));
  const graph = await onLab(lab, 'hns', 'graph', '--service', 'shop/web');
  t.regex(graph.stdout, /^win-1: broken\n.*\n +✗ HNS of win-1 has no load balancer for .*\n/);
});

test('a bundle keeps the second look, and whoever has it comes to the same', async t => {
  t.timeout(300_000);
  t.is((await onLab(lab, 'bundle', 'verify', archive)).code, 0);
  const {code, stdout, stderr} = await onLab(lab, 'hns', 'check', '--from', archive, '-o', 'json');
  t.is(code, 1, stderr);
  const {findings} = JSON.parse(stdout) as Report;
  t.deepEqual(
    findings.filter(f => f.id !== 'HNS009').map(({id, state}) => ({id, state})),
    FAULTS.map(id => ({id, state: 'confirmed'})),
  );
});

test('Ctrl-C while the second look is waited for tells what the first one found', async t => {
  t.timeout(300_000);
  for (const command of [
    ['hns', 'check'],
    ['doctor', '--check', 'HNS,SVC,CNI'],
  ]) {
    const run = await stoppedInTheWait(lab, ...command, '--agent', 'require', '-o', 'json');
    t.log(`${command.join(' ')} ended ${Math.round(run.stoppedInMs)} ms after Ctrl-C`);
    t.is(run.code, 130, run.stderr);
    const {findings} = JSON.parse(run.stdout) as Report;
    t.deepEqual(
      findings.filter(f => f.id !== 'HNS009').map(({id, state}) => ({id, state})),
      FAULTS.map(id => ({id, state: 'suspected'})),
    );
  }
});

test('a bundle that is stopped there is whole but for the second look, and has the report of the first', async t => {
  t.timeout(300_000);
  const stopped = join(tempDir(t), 'b.tar.gz');
  const run = await stoppedInTheWait(lab, 'bundle', '--logs', 'none', '--output-file', stopped);
  t.log(`bundle ended ${Math.round(run.stoppedInMs)} ms after Ctrl-C`);
  t.is(run.code, 130, run.stderr);
  t.is((await onLab(lab, 'bundle', 'verify', stopped)).code, 0);
  const {missing} = JSON.parse((await onLab(lab, 'bundle', 'inspect', stopped, '-o', 'json')).stdout) as {
    missing: {what: string}[];
  };
  t.deepEqual(
    missing.filter(gap => ['secondLook', 'doctor.json'].includes(gap.what)).map(gap => gap.what),
    ['secondLook'],
  );
  const unpacked = tempDir(t);
  execFileSync('tar', ['-xzf', stopped, '-C', unpacked, '--strip-components=1']);
  const report = JSON.parse(readFileSync(join(unpacked, 'kubectl-win/doctor.json'), 'utf8')) as Report;
  const again = JSON.parse((await onLab(lab, 'doctor', '--from', stopped, '-o', 'json')).stdout) as Report;
  t.deepEqual(report.findings, again.findings);
  t.true(report.findings.some(({id, state}) => id === 'SVC001' && state === 'suspected'));
});

test('tables show what the Windows program asked of HNS, with names of the live cluster', async t => {
  t.timeout(120_000);
  const run = await onLab(
    lab,
    'hns',
    'loadbalancers',
    '--service',
    'shop/web',
    '--node',
    'win-2',
    '-o',
    'json',
  );
  t.is(run.code, 0, run.stderr);
  const list = JSON.parse(run.stdout) as {
    items: {services: {name: string}[]; backends: {pod: {name: string} | null}[]}[];
  };
  t.deepEqual(schemaErrors('hns-load-balancer-list', list), []);
  const [balancer] = list.items;
  t.is(list.items.length, 1);
  t.is(balancer?.services[0]?.name, 'web');
  t.true((balancer?.backends ?? []).every(b => b.pod?.name.startsWith('web-')));
  const endpoints = await onLab(lab, 'hns', 'endpoints', '--node', 'win-1');
  t.regex(endpoints.stdout, /^win-1 +10\.244\.1\.\d+ +shop\/web-\S+ +here +flannel\.4096 +AttachedSharing/m);
  await uninstall(t, lab);
});
