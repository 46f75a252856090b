import test from 'ava';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {withoutBalancers} from '../helpers/service-changes.ts';

interface Report {
  findings: {id: string}[];
  unknown: {evidence: string}[];
  summary: {nodes: {windows: number}};
}

async function check(t: Parameters<typeof bundleFolder>[0], cluster: TestCluster, ...args: string[]) {
  const from = bundleFolder(t, cluster);
  const {code, stdout, stderr} = await win(['hns', 'check', '--from', from, '-o', 'json', ...args]);
  // What `-o json` prints is a report.
  return {code, stderr, report: JSON.parse(stdout || '{}') as Report};
}

test('one node is judged by everything that the cluster has', async t => {
  const {code, report} = await check(t, healthyWithAgents(), '--node', 'win-1');
  t.is(code, 0);
  t.deepEqual(report.findings, []);
  t.deepEqual(report.unknown, []);
  t.is(report.summary.nodes.windows, 1);
});

test('what is wrong on another node is not told', async t => {
  const sick = withoutBalancers(() => true);
  const ids = async (...args: string[]) => (await check(t, sick, ...args)).report.findings.map(f => f.id);
  t.deepEqual(await ids('--node', 'win-2'), []);
  t.deepEqual((await ids('--node', 'win-1')).sort(), ['SVC001', 'SVC006']);
});

test('a second look sooner than after a minute says nothing, and is refused', async t => {
  const {code, stderr} = await check(t, healthyWithAgents(), '--confirm', '30s');
  t.is(code, 2);
  t.regex(stderr, /--confirm 30s is neither 0 nor 60s or more/);
});
