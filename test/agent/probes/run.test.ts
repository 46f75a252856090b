import {execFileSync} from 'node:child_process';
import {readdirSync, readlinkSync, statSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {buildProgram} from '../../../scripts/programs/program.ts';
import {runProbes} from '../../../agent/probes/run.ts';
import {selfSigned} from '../../helpers/agent/tls.ts';
import {podNetworks} from '../../helpers/probes/pod-networks.ts';
import {inNetns, probePorts, resultsOf} from '../../helpers/probes/runs.ts';

const FROM = {namespace: 'shop', name: 'a'};

/** What of a line a test is about. */
function essence({ok, error, way}: ProbeLine): object {
  return {ok, way, ...(error && {error})};
}

test.serial('connections out of a pod fail for the reason that they fail for', async t => {
  const {a, b, router} = podNetworks(t);
  const {cert, key} = selfSigned(t);
  await b.serve({http: {port: 8080, status: 503}, https: {port: 8443, cert, key}, mute: 7000, resets: 7001});
  router('iptables', '-A', 'FORWARD', '-p', 'tcp', '--dport', '9000', '-j', 'DROP');
  router('iptables', '-A', 'FORWARD', '-p', 'tcp', '--dport', '9001', '-j', 'REJECT');
  const tcp = (id: string, port: number, more: Partial<ProbeOrder> = {}) =>
    ({id, kind: 'tcp', from: FROM, host: b.ip, port, timeoutMs: 15_000, ...more}) as ProbeOrder;
  const orders: ProbeOrder[] = [
    tcp('works', 8080, {tries: 3}),
    tcp('works over IPv6', 8080, {host: b.ip6}),
    tcp('is closed', 81),
    tcp('is dropped', 9000, {timeoutMs: 1500}),
    tcp('is rejected', 9001),
    tcp('nobody has the address', 80, {host: '10.213.2.99'}),
    tcp('asks for a page', 8080, {kind: 'http'}),
    tcp('asks for a page over TLS', 8443, {kind: 'https'}),
    tcp('speaks TLS to a plain server', 8080, {kind: 'https'}),
    tcp('gets no page', 7000, {kind: 'http', timeoutMs: 1500}),
    tcp('is reset', 7001, {kind: 'http'}),
  ];
  const lines = await resultsOf(orders, probePorts({a: inNetns(a.path)}));
  t.deepEqual(Object.fromEntries([...lines].map(([id, line]) => [id, essence(line)])), {
    works: {ok: true, way: 'netns'},
    'works over IPv6': {ok: true, way: 'netns'},
    'is closed': {ok: false, way: 'netns', error: 'refused'},
    'is dropped': {ok: false, way: 'netns', error: 'timed-out'},
    'is rejected': {ok: false, way: 'netns', error: 'refused'},
    'nobody has the address': {ok: false, way: 'netns', error: 'unreachable'},
    'asks for a page': {ok: true, way: 'netns'},
    'asks for a page over TLS': {ok: true, way: 'netns'},
    'speaks TLS to a plain server': {ok: false, way: 'netns', error: 'wrong-answer'},
    'gets no page': {ok: false, way: 'netns', error: 'timed-out'},
    'is reset': {ok: false, way: 'netns', error: 'reset'},
  });
  t.is(lines.get('works')?.tries.length, 3);
  t.is(lines.get('works')?.address, b.ip);
  t.deepEqual(lines.get('asks for a page')?.http, {status: 503});
  t.deepEqual(lines.get('asks for a page over TLS')?.http, {
    status: 200,
    certificate: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});

test.serial('what works in one direction only is seen from the side where it fails', async t => {
  const {a, b, router} = podNetworks(t);
  await a.serve({http: {port: 80, status: 200}});
  await b.serve({http: {port: 80, status: 200}});
  router('iptables', '-A', 'FORWARD', '-s', b.ip, '-p', 'tcp', '--syn', '-j', 'DROP');
  const lines = await resultsOf(
    [
      {id: 'there', kind: 'tcp', from: FROM, host: b.ip, port: 80, timeoutMs: 15_000},
      {id: 'back', kind: 'tcp', from: {...FROM, name: 'b'}, host: a.ip, port: 80, timeoutMs: 1500},
    ],
    probePorts({a: inNetns(a.path), b: inNetns(b.path)}),
  );
  t.true(lines.get('there')?.ok);
  t.is(lines.get('back')?.error, 'timed-out');
});

test.serial('a pod that dies while it is probed is gone, and so is one that was never there', async t => {
  const {a, b} = podNetworks(t);
  const orders: ProbeOrder[] = [
    {id: 'while', kind: 'tcp', from: FROM, host: '10.213.2.99', port: 80, timeoutMs: 2500},
    {id: 'never', kind: 'tcp', from: {...FROM, name: 'x'}, host: b.ip, port: 80},
    {id: 'before', kind: 'tcp', from: {...FROM, name: 'y'}, host: b.ip, port: 80},
  ];
  const running = resultsOf(orders, probePorts({a: inNetns(a.path), y: inNetns('/run/netns/kwin-none')}));
  while (!childrenIn(a.path)) await sleep(20);
  a.end();
  const lines = await running;
  for (const {id} of orders) t.is(lines.get(id)?.error, 'gone', id);
});

test.serial('what a prober misses while it is not let run is not held against the network', async t => {
  const {a, b, router} = podNetworks(t);
  await b.serve({http: {port: 8080, status: 200}});
  const rule = ['FORWARD', '-p', 'tcp', '--dport', '8080', '-j', 'DROP'];
  router('iptables', '-A', ...rule);
  const running = resultsOf(
    [{id: 'starved', kind: 'tcp', from: FROM, host: b.ip, port: 8080, timeoutMs: 2500}],
    probePorts({a: inNetns(a.path)}),
  );
  while (!connecting(a.path)) await sleep(20);
  const [prober = t.fail()] = processesIn(a.path);
  process.kill(prober, 'SIGSTOP');
  try {
    router('iptables', '-D', ...rule);
    // Longer than its patience; what TCP sends again after a second gets there.
    await sleep(3500);
  } finally {
    process.kill(prober, 'SIGCONT');
  }
  const line = (await running).get('starved');
  t.true(line?.ok, line?.error);
  t.true((line?.tries[0]?.ms ?? Infinity) < 2500);
});

/** Whether a connection is being opened in a network namespace. */
function connecting(path: string): boolean {
  const args = [`--net=${path}`, '--', 'ss', '-Htn', 'state', 'syn-sent'];
  return execFileSync('nsenter', args, {encoding: 'utf8'}).includes(':8080');
}

/** Whether a process of this machine is in a network namespace by now. */
function childrenIn(path: string): boolean {
  return processesIn(path).length > 0;
}

function processesIn(path: string): number[] {
  const id = `net:[${statSync(path).ino}]`;
  return readdirSync('/proc')
    .filter(pid => {
      try {
        return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/ns/net`) === id;
      } catch {
        return false;
      }
    })
    .map(Number);
}

test.serial('when the time of a run is over, every order has its line', async t => {
  const {a} = podNetworks(t);
  const orders = Array.from({length: 40}, (_, i): ProbeOrder => ({
    id: `probe ${i}`,
    kind: 'tcp',
    from: FROM,
    host: '10.213.9.9',
    port: 80 + i,
    timeoutMs: 10_000,
  }));
  const lines = await resultsOf(orders, probePorts({a: inNetns(a.path)}), {deadlineMs: 1000});
  t.is(lines.size, orders.length);
  t.true([...lines.values()].every(({ok, error}) => !ok && error !== undefined));
  t.true([...lines.values()].some(({error}) => error === 'not-tried'));
});

test.serial('when the client goes, processes end and no line follows', async t => {
  const {a, router} = podNetworks(t);
  router('iptables', '-A', 'FORWARD', '-j', 'DROP');
  const gone = new AbortController();
  const orders: ProbeOrder[] = [
    {id: 'slow', kind: 'tcp', from: FROM, host: '10.213.2.2', port: 80, timeoutMs: 15_000},
  ];
  const ports = probePorts({a: inNetns(a.path)});
  const lines: ProbeLine[] = [];
  const running = (async () => {
    for await (const line of runProbes({orders}, ports, gone.signal)) lines.push(line);
  })();
  while (!childrenIn(a.path)) await sleep(20);
  gone.abort();
  await running;
  t.deepEqual(lines, []);
  t.false(childrenIn(a.path));
});

test.serial('the packaged program does so with CAP_SYS_ADMIN alone, as its container has it', async t => {
  const {a, b} = podNetworks(t);
  await b.serve({http: {port: 80, status: 200}});
  const {path} = await buildProgram({platform: 'linux/amd64', say: line => console.error(line)});
  const drop = ['--bounding-set', '-all,+sys_admin', '--inh-caps', '-all,+sys_admin'];
  const lines = await resultsOf(
    [{id: 'page', kind: 'http', from: FROM, host: b.ip, port: 80, timeoutMs: 15_000}],
    probePorts({a: inNetns(a.path)}, {self: {file: '/usr/bin/setpriv', args: [...drop, path]}}),
  );
  t.like(lines.get('page'), {ok: true, way: 'netns', http: {status: 200}});
});
