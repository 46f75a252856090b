import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {startLab, type TestLab} from './lab.ts';
import {down, up} from './parts/lab.ts';
import {LabDir, runDir} from './parts/places.ts';
import {isRunning} from '../../scripts/cache/process-id.ts';
import {partsOf} from './parts/process.ts';
import {sceneNames} from './scene/read.ts';

interface Listed {
  items: {
    metadata: {name: string; namespace: string};
    spec: {nodeName?: string};
    status: {phase: string; conditions?: {type: string; status: string}[]};
  }[];
}

function runLab(...args: string[]) {
  return spawnSync(join(import.meta.dirname, '..', '..', 'scripts', 'lab'), args, {encoding: 'utf8'});
}

async function list(lab: TestLab, path: string): Promise<Listed['items']> {
  // The list that the path names.
  return ((await lab.api.send('GET', path)) as Listed).items;
}

test('two labs run side by side, and nothing of them is left behind', async t => {
  const began = performance.now();
  const one = await startLab();
  t.log(`up in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const two = await startLab();
  t.not(one.server, two.server);
  const processes = [one, two].flatMap(lab => partsOf(new LabDir(lab.name)).map(part => part.id));
  t.is(processes.length, 10);
  t.true(processes.every(isRunning));

  await two.kubectl(['delete', 'namespace', 'shop', '--wait=false']);
  t.is((await list(one, '/api/v1/namespaces/shop/pods')).length, 2, 'the other lab does not notice');

  await one.stop();
  await two.stop();
  t.false(processes.some(isRunning));
  t.false(existsSync(one.root));
  t.false(existsSync(two.root));
  const slots = readdirSync(join(runDir, '.slots')).map(slot =>
    readFileSync(join(runDir, '.slots', slot), 'utf8'),
  );
  t.false(
    slots.some(owner => owner === one.name || owner === two.name),
    'their ports are free again',
  );
});

test('a healthy lab runs Windows pods on Windows nodes and keeps what the scene says of them', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  const pods = await list(lab, '/api/v1/namespaces/shop/pods');
  t.deepEqual(pods.map(p => p.spec.nodeName ?? '').toSorted(), ['win-1', 'win-2']);
  t.true(pods.every(p => p.status.phase === 'Running'));
  const info = await lab.kubectl(['get', 'node', 'win-1', '-o', 'jsonpath={.status.nodeInfo}']);
  t.like(JSON.parse(info), {
    operatingSystem: 'windows',
    osImage: 'Windows Server 2022 Datacenter',
    kernelVersion: '10.0.20348.5499',
    containerRuntimeVersion: 'containerd://2.3.4',
    kubeletVersion: 'v1.35.4',
  });
  t.is(await lab.kubectl(['get', '--raw', '/readyz']), 'ok');
  t.is(JSON.parse(await lab.kubectl(['get', '--raw', '/version'])).gitVersion, 'v1.35.4');
});

test('each user has the rights that the lab promises', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  const may = async (user: 'admin' | 'reader' | 'viewer' | 'nobody', what: string) =>
    lab.kubectl(['get', what, '-A'], user).then(
      () => true,
      () => false,
    );
  t.deepEqual(await Promise.all(['nodes', 'pods', 'secrets'].map(async what => may('admin', what))), [
    true,
    true,
    true,
  ]);
  t.deepEqual(await Promise.all(['nodes', 'pods', 'secrets'].map(async what => may('reader', what))), [
    true,
    true,
    false,
  ]);
  t.deepEqual(await Promise.all(['nodes', 'pods', 'secrets'].map(async what => may('viewer', what))), [
    false,
    true,
    false,
  ]);
  t.deepEqual(await Promise.all(['nodes', 'pods', 'secrets'].map(async what => may('nobody', what))), [
    false,
    false,
    false,
  ]);
});

test('a lab that runs is not started again, and one that does not run is not stopped', async t => {
  const lab = await startLab();
  t.teardown(async () => lab.stop());
  const again = await t.throwsAsync(up({name: lab.name, scene: 'healthy', say: () => {}}));
  t.regex(again?.message ?? '', /already runs: scripts\/lab down --name/);
  t.false(await down('no-such-lab'));
});

test('a part that cannot start is named with its log, and nothing keeps running', async t => {
  const lab = new LabDir(`test-${process.pid}-broken`);
  t.teardown(async () => down(lab.name));
  const {status, stderr} = runLab(
    'up',
    '--name',
    lab.name,
    '--flag',
    'kube-apiserver=--service-cluster-ip-range=nowhere',
  );
  t.is(status, 1);
  t.regex(stderr, /^lab: kube-apiserver ended: .+ \(log: .+kube-apiserver\.log\)$/m);
  t.false(partsOf(lab).some(part => part.running));
});

test('the large scene has as many nodes and pods as it is told', async t => {
  const lab = await startLab({scene: 'large', large: {nodes: 6, pods: 40}});
  t.teardown(async () => lab.stop());
  t.is((await list(lab, '/api/v1/nodes?labelSelector=kubernetes.io/os%3Dwindows')).length, 6);
  const pods = await list(lab, '/api/v1/namespaces/fleet/pods');
  t.is(pods.filter(p => p.status.phase === 'Running').length, 40);
});

for (const scene of sceneNames()) {
  test(`the scene ${scene} loads`, async t => {
    const lab = await startLab({scene});
    t.teardown(async () => lab.stop());
    const nodes = await list(lab, '/api/v1/nodes?labelSelector=kubernetes.io/os%3Dwindows');
    t.true(nodes.length > 0);
    if (scene === 'sick') return;
    const pods = await list(lab, '/api/v1/pods');
    const bad = pods.filter(p => p.status.phase !== 'Running' && p.status.phase !== 'Succeeded');
    t.deepEqual(
      bad.map(p => `${p.metadata.namespace}/${p.metadata.name}`),
      [],
    );
    const names = new Set(nodes.map(n => n.metadata.name));
    t.true(pods.some(p => names.has(p.spec.nodeName ?? '')));
  });
}

test('an unknown command prints how it is used and exits 2', t => {
  const {status, stderr} = runLab('frobnicate');
  t.is(status, 2);
  t.regex(stderr, /usage: scripts\/lab build/);
});
