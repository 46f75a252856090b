import test from 'ava';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../helpers/cluster.ts';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import {image} from '../helpers/healthy-runtime.ts';
import {schemaErrors} from '../helpers/schemas.ts';

const KINDS = [
  ['nodes', 'node-list'],
  ['images', 'image-list'],
  ['runtime', 'runtime-list'],
] as const;

/** A cluster with faults on one node that each of the tables shows. */
function sick(): TestCluster {
  return healthyWithAgents()
    .onNode('win-1', n =>
      n
        .change('services.json', s => Object.assign(s[1], {state: 'Stopped', pid: null}))
        .change('cri/images.json', i =>
          i.images.push(
            image('example.com/app:2019', {size: '900000000', pinned: false, osVersion: '10.0.17763.1'}),
          ),
        )
        .change(
          'cri/status.json',
          s => (s.lastCNILoadStatus = 'cni config load failed: no network config found'),
        ),
    )
    .onNode('win-2', n => n.lost('timeout', 'no answer in 15 s'));
}

for (const [command, schema] of KINDS) {
  test(`${command} -o json keeps to its schema, with agents, without, and with half of them`, async t => {
    for (const cluster of [healthyWithAgents(), healthy(), sick()]) {
      const {code, stdout, stderr} = await win([command, '--from', bundleFolder(t, cluster), '-o', 'json']);
      t.is(code, 0, stderr);
      t.deepEqual(schemaErrors(schema, JSON.parse(stdout)), []);
    }
  });
}

test('nodes shows what is wrong with each, and what could not be seen', async t => {
  const {stdout, stderr, code} = await win(['nodes', '--from', bundleFolder(t, sick()), '-o', 'wide']);
  t.is(code, 0);
  const [titles = '', first = '', second = ''] = stdout.split('\n');
  t.regex(titles, /^NAME +READY +OS +BUILD +KUBELET +CONTAINERD +HNS +PODS/);
  t.regex(first, /^win-1 +yes +2022 +20348\.5499 +v1\.35\.4 +2\.2\.7 +13\.3 .*0\.1\.0 .*NOD010/);
  t.regex(second, /^win-2 +yes .*unreachable .*AGT001/);
  t.regex(stderr, /not seen: .*no answer in 15 s on win-2/);
});

test('images shows builds, the pause image, and what does not fit', async t => {
  const {stdout} = await win(['images', '--from', bundleFolder(t, sick()), '-o', 'wide']);
  t.regex(stdout, /registry\.k8s\.io\/pause:3\.10\.1 +10\.0\.20348\.4171 +310 MB +yes +config/);
  t.regex(stdout, /example\.com\/app:2019 +10\.0\.17763\.1 +900 MB +no +- +1 +NO +runtime +win-1/);
  t.regex(stdout, /kubelet +win-2/, 'what no agent told comes from the Node object');
});

test('images of a namespace are those that its pods name', async t => {
  const {stdout} = await win([
    'images',
    '--from',
    bundleFolder(t, healthyWithAgents()),
    '-n',
    'shop',
    '-o',
    'json',
  ]);
  t.deepEqual(
    JSON.parse(stdout).items.map((i: {image: string}) => i.image),
    ['mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'],
  );
});

test('runtime shows the pause image, sandboxes and why the network is not ready', async t => {
  const {stdout} = await win(['runtime', '--from', bundleFolder(t, sick())]);
  t.regex(
    stdout,
    /^win-1 +containerd 2\.2\.7 +yes +v3 +registry\.k8s\.io\/pause:3\.10\.1 +1\/1 +cni config load failed/m,
  );
  t.regex(stdout, /^win-2 +containerd 2\.2\.7 +-/m);
});

test('without agents the tables show what the API gives, and say so in one line', async t => {
  const {stdout, stderr, code} = await win(['nodes', '--from', bundleFolder(t, healthy())]);
  t.is(code, 0);
  t.regex(stdout, /^win-1 +yes +2022 +20348\.5499/m);
  t.regex(stderr, /^note: not seen: .*needs the agent.*\n$/);
});
