import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {PROBES_FILE, writeProbing} from '../../src/probes/file.ts';
import {clusterOf} from '../../src/probes/cluster.ts';
import {planProbes} from '../../src/probes/plan.ts';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import {TestProbing} from '../helpers/probing.ts';
import {schemaErrors} from '../helpers/schemas.ts';
import {isBalancer, withoutBalancers} from '../helpers/service-changes.ts';

/** A bundle in which connections were tried. */
function bundle(
  t: ExecutionContext,
  cluster: TestCluster,
  edit: (probing: TestProbing) => void = () => undefined,
): string {
  const folder = bundleFolder(t, cluster);
  const probing = new TestProbing(planProbes(clusterOf(cluster.snapshot())));
  edit(probing);
  const manifest = {apiVersion: 'kubectl-win/v1', kind: 'BundleManifest', tool: {version: '0'}, cluster: {}};
  const time = '2026-09-01T12:00:00Z';
  for (const [path, text] of [
    [PROBES_FILE, writeProbing(probing.value)],
    ['kubectl-win/manifest.json', JSON.stringify({...manifest, time, files: [], missing: []})],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const deadVip = (p: {leg: string; from: {node: string}; to: {host: string}}): boolean =>
  p.leg === 'cluster-ip' && p.from.node === 'win-1' && p.to.host === '10.96.30.1';
const broken = (t: ExecutionContext): string =>
  bundle(t, withoutBalancers(isBalancer('10.96.30.1', 80)), p => p.fail(deadVip));

test('net check answers the checklist of the guide in its order, and says that all is well', async t => {
  const {code, stdout, stderr} = await win(['net', 'check', '--from', bundle(t, healthyWithAgents())]);
  t.is(code, 0, stderr);
  const steps = stdout.split('\n').filter(line => /^[✓✗–]/.test(line));
  t.deepEqual(
    steps.map(line => line.split(/[ ,:]/, 2)[1]?.toLowerCase()),
    ['node-to-pod', 'pod-to-pod', 'service-to-pod', 'service', 'inbound', 'outbound'],
  );
  t.regex(
    stdout,
    /Everything that was tried works; every link between nodes is tried, in both directions\.\n$/,
  );
});

test('net check names the leg that is broken, and what it follows from, and fails', async t => {
  const {code, stdout} = await win(['net', 'check', '--from', broken(t)]);
  t.is(code, 1);
  t.regex(stdout, /^✗ Service-to-pod .*: fails in part: 1 of \d+ tried$/m);
  t.regex(
    stdout.trimEnd().split('\n').at(-1) ?? '',
    /its backend \S+ answers, HNS on win-1 has no load balancer for it\.$/,
  );
  t.regex(stdout, /^NET010 error \(follows from another\)$/m);
  t.regex(
    stdout.replaceAll(/\s+/g, ' '),
    /10\.96\.30\.1:80 of shop\/web does not answer in time .* HNS on win-1 has no load balancer for it/,
  );
  t.regex(stdout, /^SVC001 warning$/m);
});

test('net check -o json keeps to its schema', async t => {
  for (const from of [bundle(t, healthyWithAgents(), p => p.lose('win-2')), broken(t)]) {
    const {stdout} = await win(['net', 'check', '--from', from, '-o', 'json']);
    t.deepEqual(schemaErrors('probe-list', JSON.parse(stdout)), []);
  }
});

test('doctor judges what a bundle has of connections, and points at the line', async t => {
  const {stdout} = await win(['doctor', '--from', broken(t), '--check', 'NET010', '-o', 'json']);
  const [finding] = JSON.parse(stdout).findings;
  t.is(finding.id, 'NET010');
  t.regex(finding.evidence[0].pointer, /^\/\d+$/);
  t.is(finding.evidence[0].at, PROBES_FILE);
});

test('where nothing could be tried, net check did not run', async t => {
  const lost = bundle(t, healthyWithAgents(), p => p.lose('win-1').lose('win-2').lose('linux-0'));
  const {code, stdout} = await win(['net', 'check', '--from', lost]);
  t.is(code, 3);
  t.regex(stdout, /^Nothing was tried: the agent went away\.$/m);
});

test('a capture in which nothing was tried says so', async t => {
  const {code, stderr} = await win(['net', 'check', '--from', bundleFolder(t, healthyWithAgents())]);
  t.is(code, 3);
  t.regex(stderr, /no connection was tried/);
});
