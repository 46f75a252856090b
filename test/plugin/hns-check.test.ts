import test from 'ava';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {withoutBalancers} from '../helpers/service-changes.ts';

interface Report {
  findings: {id: string}[];
  unknown: {id: string; evidence: string}[];
  summary: {nodes: {windows: number}; outcomes: {pass: number}};
}

const ofNetwork = ({id}: {id: string}) => /^(?:HNS|SVC|CNI)/.test(id);

const judged = (text: string) => (JSON.parse(text) as Report).summary.outcomes.pass;

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

test('doctor says of one node what hns check says of it', async t => {
  const sick = withoutBalancers(() => true);
  const from = bundleFolder(t, sick);
  const about = async (...command: string[]) => {
    const {stdout} = await win([...command, '--from', from, '--node', 'win-1', '-o', 'json']);
    const {findings, unknown, summary} = JSON.parse(stdout) as Report;
    return {findings: findings.filter(ofNetwork), unknown: unknown.filter(ofNetwork), nodes: summary.nodes};
  };
  const told = await about('doctor');
  t.deepEqual(told, await about('hns', 'check'));
  t.true(told.findings.length > 0);
  t.deepEqual(told.unknown, []);
  t.is(told.nodes.windows, 1);
});

test('doctor of one node keeps to the workloads that run there', async t => {
  const from = bundleFolder(t, healthyWithAgents());
  const {stdout} = await win(['doctor', '--from', from, '--node', 'win-1', '-o', 'json']);
  const whole = await win(['doctor', '--from', from, '-o', 'json']);
  t.true(judged(stdout) < judged(whole.stdout));
});
