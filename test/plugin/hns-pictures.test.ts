import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {folderWith, win} from '../helpers/cli.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {parseXml, schemaErrors} from '../helpers/schemas.ts';

/** Cluster DNS has no load balancer for TCP on one node. */
function sick(): TestCluster {
  return healthyWithAgents().onNode('win-1', n => {
    for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json'])
      n.change(file, all => all.shift());
  });
}

test('hns graph draws the broken node first, in each format', async t => {
  const from = bundleFolder(t, sick());
  const draw = (...args: string[]) =>
    win(['hns', 'graph', '--from', from, '--vip', '10.96.0.10:53', ...args]);
  const text = await draw();
  t.is(text.code, 0, text.stderr);
  t.regex(
    text.stdout,
    /^win-1: broken\n.*\n +✗ HNS of win-1 has no load balancer for 10\.96\.0\.10:53\/TCP\n/,
  );
  t.regex(text.stdout, /\nwin-2: in order\n/);
  t.regex((await draw('-o', 'mermaid')).stdout, /^flowchart LR\n {2}subgraph n0\["win-1"\]/);
  t.regex((await draw('-o', 'dot', '--node', 'win-2')).stdout, /^digraph hns \{[^]*label="win-2"/);
  const file = join(folderWith(t, {}), 'dns.svg');
  t.is((await draw('-o', 'svg', '--output-file', file)).code, 0);
  parseXml(readFileSync(file, 'utf8')).dispose();
});

test('hns graph of everything is no picture', async t => {
  const run = await win(['hns', 'graph', '--from', bundleFolder(t, sick())]);
  t.is(run.code, 2);
  t.regex(run.stderr, /everything at once is no picture/);
});

test('the page of doctor has the picture with the finding, and stays well-formed', async t => {
  const {stdout} = await win(['doctor', '--from', bundleFolder(t, sick()), '-o', 'html']);
  const card = stdout.split('<details class="finding').find(part => part.includes('SVC006'));
  t.regex(
    card ?? '',
    /<div class="picture"><svg [^>]*aria-label="Ways through HNS of win-1: HNS of win-1 has no/,
  );
  parseXml(stdout.replace('<!DOCTYPE html>', '')).dispose();
});

test('hns diff shows what one node alone has, and nothing of what is each node’s own', async t => {
  const from = bundleFolder(
    t,
    sick().onNode('win-2', n => n.change('hns/version.json', v => (v.Minor = 5))),
  );
  const {stdout, code} = await win(['hns', 'diff', 'win-1', 'win-2', '--from', from, '-o', 'json']);
  t.is(code, 0);
  const list = JSON.parse(stdout);
  t.deepEqual(schemaErrors('hns-difference-list', list), []);
  t.deepEqual(list.items, [
    {what: 'HNS', name: 'version', field: '', values: ['13.3', '13.5']},
    {what: 'load balancer', name: '10.96.0.10:53/TCP', field: 'there', values: [null, 'yes']},
  ]);
  const alike = await win(['hns', 'diff', 'win-1', 'win-2', '--from', bundleFolder(t, healthyWithAgents())]);
  t.is(alike.stdout, 'win-1 and win-2 are alike in all that was seen of both\n');
  const same = await win(['hns', 'diff', 'win-1', 'win-1', '--from', from]);
  t.is(same.code, 2);
});
