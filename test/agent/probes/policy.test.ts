import test from 'ava';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {podNetworks} from '../../helpers/probes/pod-networks.ts';
import {inNetns, probePorts, resultsOf} from '../../helpers/probes/runs.ts';

const FROM = {namespace: 'shop', name: 'a'};
const INSIDE = '10.213.2.2';

const asks = (id: string, more: object): ProbeOrder => ({
  id,
  kind: 'dns-udp',
  from: FROM,
  query: 'web',
  timeoutMs: 15_000,
  ...more,
});

/** Hosts that no request may reach, whatever they are called. */
const FORBIDDEN = [
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '127.1',
  '2130706433',
  '0.0.0.0',
  '169.254.169.254',
  '169.254.1.1',
  'fe80::1',
  '168.63.129.16',
  'fd00:ec2::254',
  '10.212.255.255',
  '8.8.8.8',
  'localhost',
];

test.serial('a hostile plan is refused, target by target, and reaches nothing', async t => {
  const {a, b} = podNetworks(t);
  // Even what would answer in the pod's own network.
  await a.serve({http: {port: 80, status: 200}});
  await b.serve({dns: {zone: {localhost: ['127.0.0.1']}}, http: {port: 80, status: 200}});
  const orders = FORBIDDEN.map((host): ProbeOrder => ({
    id: host,
    kind: 'http',
    from: FROM,
    host,
    port: 80,
    timeoutMs: 1000,
  }));
  const lines = await resultsOf(
    [...orders, {id: 'allowed', kind: 'http', from: FROM, host: INSIDE, port: 80}],
    probePorts({a: inNetns(a.path, {servers: [b.ip]})}),
  );
  for (const host of FORBIDDEN)
    t.like(lines.get(host), {ok: false, error: 'not-allowed', tries: [], address: undefined}, host);
  t.true(lines.get('allowed')?.ok);
});

test.serial(
  'a name that leads to a forbidden address is refused, also where that is only one of several',
  async t => {
    const {a, b} = podNetworks(t);
    const zone = {
      'metadata.evil': ['169.254.169.254'],
      'mixed.evil': [INSIDE, '127.0.0.1'],
      'mapped.evil': ['::ffff:127.0.0.1'],
      'outside.evil': ['93.184.216.34'],
      'fine.good': [INSIDE],
    };
    await b.serve({dns: {zone}, http: {port: 80, status: 200}});
    const lines = await resultsOf(
      Object.keys(zone).map((host): ProbeOrder => ({id: host, kind: 'tcp', from: FROM, host, port: 80})),
      probePorts({a: inNetns(a.path, {servers: [b.ip]})}),
    );
    for (const host of Object.keys(zone).filter(name => name.endsWith('.evil')))
      t.like(lines.get(host), {ok: false, error: 'not-allowed', tries: []}, host);
    t.true(lines.get('fine.good')?.ok);
  },
);

test.serial(
  'a name that changes after it was judged changes nothing: the judged address is the one that is tried',
  async t => {
    const {a, b} = podNetworks(t);
    // At home in the pod, where a second look at the name would lead.
    await a.serve({http: {port: 80, status: 418}});
    const zone = {'turns.evil': [[INSIDE], ['127.0.0.1']]};
    await b.serve({dns: {zone}, http: {port: 80, status: 200}});
    const ports = probePorts({a: inNetns(a.path, {servers: [b.ip]})});
    const order: ProbeOrder = {id: 'x', kind: 'http', from: FROM, host: 'turns.evil', port: 80, tries: 3};
    const first = (await resultsOf([order], ports)).get('x');
    t.like(first, {ok: true, address: INSIDE, http: {status: 200}});
    t.is(first?.tries.length, 3);
    t.is((await resultsOf([order], ports)).get('x')?.error, 'not-allowed');
  },
);

test.serial(
  'DNS servers are asked where probes may go, and the own one wherever the kubelet put it',
  async t => {
    const {a, b, router} = podNetworks(t);
    await b.serve({dns: {zone: {web: [INSIDE]}}});
    // As NodeLocal DNSCache has it.
    router('iptables', '-t', 'nat', '-A', 'PREROUTING', '-d', '169.254.20.10', '-j', 'DNAT', '--to', b.ip);
    const lines = await resultsOf(
      [
        asks('own', {}),
        asks('own, by its address', {server: '169.254.20.10'}),
        asks('on another port', {server: '169.254.20.10', port: 80}),
        asks('other link-local', {server: '169.254.169.254'}),
        asks('loopback', {server: '127.0.0.1'}),
        asks('outside', {server: '8.8.8.8'}),
        asks('a name', {server: 'web'}),
      ],
      probePorts({a: inNetns(a.path, {servers: ['169.254.20.10']})}),
    );
    t.true(lines.get('own')?.ok);
    t.true(lines.get('own, by its address')?.ok);
    for (const id of ['on another port', 'other link-local', 'loopback', 'outside', 'a name'])
      t.like(lines.get(id), {ok: false, error: 'not-allowed', tries: []}, id);
  },
);

test.serial('an agent that was installed without targets tries none', async t => {
  const {a, b} = podNetworks(t);
  const lines = await resultsOf(
    [{id: 'x', kind: 'tcp', from: FROM, host: b.ip, port: 80}],
    probePorts({a: inNetns(a.path)}, {targets: ['']}),
  );
  t.is(lines.get('x')?.error, 'not-allowed');
});
