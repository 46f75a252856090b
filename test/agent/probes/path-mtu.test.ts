import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {runProbes} from '../../../agent/probes/run.ts';
import type {ProbePorts} from '../../../agent/probes/run.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {podNetworks} from '../../helpers/probes/pod-networks.ts';
import {inNetns, probePorts, resultsOf} from '../../helpers/probes/runs.ts';

const NONCE = '0123456789abcdef'.repeat(2);
const [A, B] = [
  {namespace: 'shop', name: 'a'},
  {namespace: 'shop', name: 'b'},
];
/** Headers of IPv4 and TCP with timestamps, which Linux sends. */
const HEADERS = 20 + 20 + 12;

/** Listens in a pod's network for as long as the work takes; gives its port to the work. */
async function whileListening<T>(ports: ProbePorts, work: (port: number) => Promise<T>): Promise<T> {
  const done = new AbortController();
  const orders: ProbeOrder[] = [{id: 'l', kind: 'listen', from: B, nonce: NONCE, listenMs: 120_000}];
  const lines = runProbes({orders, deadlineMs: 120_000}, ports, done.signal);
  const first = await lines.next();
  const port = first.value?.listening?.port;
  if (port === undefined) throw new Error(JSON.stringify(first.value));
  try {
    return await work(port);
  } finally {
    done.abort();
    await lines.next();
  }
}

const measures = (host: string, port: number): ProbeOrder => ({
  id: 'm',
  kind: 'path-mtu',
  from: A,
  host,
  port,
  nonce: NONCE,
  timeoutMs: 15_000,
});

test.serial('a whole path carries what the interface sends, over both families', async t => {
  const {a, b} = podNetworks(t);
  const ports = probePorts({a: inNetns(a.path), b: inNetns(b.path)});
  await whileListening(ports, async port => {
    for (const host of [b.ip, b.ip6]) {
      const line = (await resultsOf([measures(host, port)], ports)).get('m');
      t.like(line, {ok: true, way: 'netns', address: host, mtu: {lost: undefined}}, host);
    }
  });
});

test.serial('a black hole is found with the size from which on it swallows packets', async t => {
  const {a, b, router} = podNetworks(t);
  // The narrow link is behind the router, which may not say so.
  router('ip', 'link', 'set', 'to-b', 'mtu', '1400');
  router('iptables', '-A', 'OUTPUT', '-p', 'icmp', '-j', 'DROP');
  const ports = probePorts({a: inNetns(a.path), b: inNetns(b.path)});
  await whileListening(ports, async port => {
    const line = (await resultsOf([measures(b.ip, port)], ports)).get('m');
    t.like(line, {ok: false, error: 'blackhole', mtu: {arrives: 1400 - HEADERS, lost: 1400 - HEADERS + 1}});
  });
});

test.serial('a narrow path that says so is no black hole', async t => {
  const {a, b, router} = podNetworks(t);
  router('ip', 'link', 'set', 'to-b', 'mtu', '1400');
  const ports = probePorts({a: inNetns(a.path), b: inNetns(b.path)});
  await whileListening(ports, async port => {
    t.true((await resultsOf([measures(b.ip, port)], ports)).get('m')?.ok);
  });
});

test.serial(
  'nothing is sent to a server that is no listener, nor answered to who does not know the nonce',
  async t => {
    const {a, b} = podNetworks(t);
    await b.serve({http: {port: 80, status: 200}, mute: 7000});
    const ports = probePorts({a: inNetns(a.path), b: inNetns(b.path)});
    const quick = {timeoutMs: 1500} as const;
    t.is((await resultsOf([{...measures(b.ip, 7000), ...quick}], ports)).get('m')?.error, 'timed-out');
    t.is((await resultsOf([{...measures(b.ip, 80), ...quick}], ports)).get('m')?.error, 'timed-out');
    await whileListening(ports, async port => {
      const stranger = {...measures(b.ip, port), nonce: 'f'.repeat(32), ...quick};
      t.is((await resultsOf([stranger], ports)).get('m')?.error, 'wrong-answer');
    });
    // The listener has gone with its client.
    await sleep(100);
    t.is((await resultsOf([{...measures(b.ip, 80), ...quick}], ports)).get('m')?.error, 'timed-out');
  },
);
