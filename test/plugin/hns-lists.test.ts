import test from 'ava';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../helpers/cluster.ts';
import {schemaErrors} from '../helpers/schemas.ts';

const KINDS = [
  ['networks', 'hns-network-list'],
  ['endpoints', 'hns-endpoint-list'],
  ['namespaces', 'hns-namespace-list'],
  ['loadbalancers', 'hns-load-balancer-list'],
] as const;

/** One node told nothing, the other lost an endpoint that a load balancer names, and a namespace of HNS. */
function sick(): TestCluster {
  return healthyWithAgents()
    .onNode('win-1', n => {
      for (const file of ['hns/endpoints.json', 'hns/v1-endpoints.json']) n.change(file, all => all.pop());
      n.remove('hns/namespaces.json').remove('hns/v1-namespaces.json');
    })
    .onNode('win-2', n => n.lost('timeout', 'no answer in 15 s'));
}

for (const [command, schema] of KINDS) {
  test(`hns ${command} -o json keeps to its schema, with agents, without, and with half of them`, async t => {
    for (const cluster of [healthyWithAgents(), healthy(), sick()]) {
      const from = bundleFolder(t, cluster);
      const {code, stdout, stderr} = await win(['hns', command, '--from', from, '-o', 'json']);
      t.is(code, 0, stderr);
      t.deepEqual(schemaErrors(schema, JSON.parse(stdout)), []);
    }
  });
}

test('load balancers are shown with their Services, and what they lost', async t => {
  const {stdout, stderr} = await win(['hns', 'loadbalancers', '--from', bundleFolder(t, sick())]);
  t.regex(stdout, /^NODE +VIP +PORT +TO +SERVICE +AS +BACKENDS +LOST/);
  t.regex(stdout, /^win-1 +10\.96\.0\.10 +53\/UDP +53 +kube-system\/kube-dns +clusterIP +10\.244/m);
  t.regex(stdout, /^win-1 +10\.96\.30\.1 +80\/TCP +80 +shop\/web +clusterIP +10\.244\.1\.47 +1$/m);
  t.regex(stderr, /not seen: .*no answer in 15 s on win-2/);
});

/** Rows of a list, one column of each. */
async function column(from: string, args: readonly string[], at: number): Promise<string[]> {
  const {stdout, stderr, code} = await win(['hns', ...args, '--from', from, '-o', 'csv']);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .split('\r\n')
    .slice(1, -1)
    .map(line => line.match(/("[^"]*"|[^,]*)(,|$)/g)?.[at]?.replace(/^"|"?,?$/g, '') ?? '');
}

test('what is shown can be chosen by pod, Service, VIP, node, namespace and label', async t => {
  const from = bundleFolder(t, healthyWithAgents());
  const VIP = 1;
  const IP = 1;
  const NODE = 0;
  const lbs = (...args: string[]): Promise<string[]> => column(from, ['loadbalancers', ...args], VIP);
  t.deepEqual(await lbs('--service', 'shop/web'), ['10.96.30.1', '10.96.30.1']);
  t.deepEqual(await lbs('--vip', '10.96.0.10:53', '--node', 'win-2'), ['10.96.0.10', '10.96.0.10']);
  t.deepEqual(await lbs('--vip', '10.96.0.10:80'), []);
  t.deepEqual(await lbs('--pod', 'shop/web-0'), ['10.96.30.1', '10.96.30.1']);
  t.deepEqual(await lbs('-n', 'shop'), ['10.96.30.1', '10.96.30.1']);
  t.deepEqual(await lbs('-l', 'app=nobody'), []);
  t.deepEqual(await column(from, ['endpoints', '--pod', 'shop/web-0'], IP), ['10.244.1.47', '10.244.1.47']);
  t.deepEqual(await column(from, ['endpoints', '--service', 'shop/web', '--node', 'win-1'], IP), [
    '10.244.1.47',
    '10.244.2.48',
  ]);
  t.deepEqual(await column(from, ['namespaces', '--pod', 'shop/web-1'], NODE), ['win-2']);
  t.deepEqual(await column(from, ['networks', '--pod', 'shop/web-1', '--node', 'win-2'], NODE), ['win-2']);
});

test('what is mistyped is told', async t => {
  const from = bundleFolder(t, healthy());
  for (const [args, says] of [
    [['--pod', 'web'], /--pod web is not NAMESPACE\/NAME/],
    [['--vip', 'web:80'], /--vip web:80 is no IP\[:PORT\]/],
    [['--node', 'win-9'], /there is no node `win-9`/],
  ] as const) {
    const run = await win(['hns', 'endpoints', '--from', from, ...args]);
    t.is(run.code, 2);
    t.regex(run.stderr, says);
  }
});
