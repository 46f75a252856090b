import test from 'ava';
import {bundleFolder} from '../helpers/bundle-folder.ts';
import {win} from '../helpers/cli.ts';
import {healthy} from '../helpers/cluster.ts';
import {schemaErrors} from '../helpers/schemas.ts';

test('net plan says how many probes there are, and what they may miss', async t => {
  const {code, stdout, stderr} = await win(['net', 'plan', '--from', bundleFolder(t, healthy())]);
  t.is(code, 0, stderr);
  t.regex(stdout, /^\d+ probes \(\d+ connections\) among 3 nodes; every link between nodes is tried/);
  t.regex(stdout, /^pod to a pod of another node +\d+ +\d+$/m);
  t.regex(stdout, /no second pod of this node serves a TCP port \(win-1, win-2\)/);
});

test('net plan -o json keeps to its schema', async t => {
  const from = bundleFolder(t, healthy());
  const {stdout} = await win([
    'net',
    'plan',
    '--from',
    from,
    '--target',
    'https://example.com',
    '-o',
    'json',
  ]);
  const plan = JSON.parse(stdout);
  t.deepEqual(schemaErrors('probe-plan', plan), []);
  t.true(
    plan.items.some((p: {leg: string; protocol: string}) => p.leg === 'outbound' && p.protocol === 'https'),
  );
});

test('a plan may be of one node or one namespace', async t => {
  const from = bundleFolder(t, healthy());
  const items = async (
    ...args: string[]
  ): Promise<{from: {node: string; pod?: {namespace: string}}; to: {node?: string}}[]> =>
    JSON.parse((await win(['net', 'plan', '--from', from, '-o', 'json', ...args])).stdout).items;
  for (const {from: begin, to} of await items('--node', 'win-1'))
    t.true(begin.node === 'win-1' || to.node === 'win-1');
  for (const {from: begin} of await items('-n', 'shop'))
    t.true(begin.pod === undefined || begin.pod.namespace === 'shop');
});

test('flags that make no sense are refused', async t => {
  const from = bundleFolder(t, healthy());
  for (const [flag, value] of [
    ['--target', 'example.com'],
    ['--coverage', '0'],
    ['--coverage', '101%'],
    ['--coverage', 'much'],
  ] as const) {
    const {code, stderr} = await win(['net', 'plan', '--from', from, flag, value]);
    t.is(code, 2, `${flag} ${value}`);
    t.true(stderr.includes(flag));
  }
});
