import test from 'ava';
import type {DnsOrder} from '../../../src/protocol/probes/orders.ts';
import {podNetworks} from '../../helpers/probes/pod-networks.ts';
import {inNetns, probePorts, resultsOf} from '../../helpers/probes/runs.ts';

const FROM = {namespace: 'shop', name: 'a'};
const SEARCHES = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const WEB = 'web.shop.svc.cluster.local';

const asks = (id: string, query: string, more: Partial<DnsOrder> = {}): DnsOrder => ({
  id,
  kind: 'dns-udp',
  from: FROM,
  query,
  timeoutMs: 15_000,
  ...more,
});

test.serial('names are asked of the own server of the pod, with its suffixes in their order', async t => {
  const {a, b} = podNetworks(t);
  const zone = {[WEB]: ['10.213.2.2', 'fd00:213:2::2'], 'dns.kube-system.svc.cluster.local': ['10.213.2.3']};
  await b.serve({dns: {zone, fails: ['broken.shop.svc.cluster.local']}});
  const lines = await resultsOf(
    [
      asks('full', WEB),
      asks('over TCP', WEB, {kind: 'dns-tcp', tries: 2}),
      asks('of IPv6', WEB, {recordType: 'AAAA', server: b.ip6}),
      asks('short', 'web', {search: true}),
      asks('second suffix', 'dns.kube-system', {search: true}),
      asks('unknown', 'nothing', {search: true}),
      asks('broken', 'broken', {search: true}),
      asks('as it is', 'web'),
    ],
    probePorts({a: inNetns(a.path, {servers: [b.ip], searches: SEARCHES})}),
  );
  const seen = (id: string) => ({
    error: lines.get(id)?.error,
    asked: lines.get(id)?.dns?.map(({name, rcode, addresses}) => [name, rcode, ...addresses]),
  });
  const found = [WEB, 'NOERROR', '10.213.2.2'];
  t.deepEqual(seen('full'), {error: undefined, asked: [found]});
  t.deepEqual(seen('over TCP'), {error: undefined, asked: [found]});
  t.is(lines.get('over TCP')?.tries.length, 2);
  t.deepEqual(seen('of IPv6'), {error: undefined, asked: [[WEB, 'NOERROR', 'fd00:213:2::2']]});
  t.deepEqual(seen('short'), {error: undefined, asked: [found]});
  t.deepEqual(seen('second suffix'), {
    error: undefined,
    asked: [
      ['dns.kube-system.shop.svc.cluster.local', 'NXDOMAIN'],
      ['dns.kube-system.svc.cluster.local', 'NOERROR', '10.213.2.3'],
    ],
  });
  t.is(seen('unknown').error, 'name-not-found');
  t.is(seen('unknown').asked?.length, SEARCHES.length + 1);
  t.deepEqual(seen('broken'), {
    error: 'server-failure',
    asked: [['broken.shop.svc.cluster.local', 'SERVFAIL']],
  });
  t.is(seen('as it is').error, 'name-not-found');
});

test.serial(
  'a server that is silent over UDP only, one that is slow and one that is not there are told apart',
  async t => {
    const {a, b} = podNetworks(t);
    await a.serve({dns: {zone: {[WEB]: ['10.213.2.2']}, delayMs: 700}});
    await b.serve({dns: {zone: {[WEB]: ['10.213.2.2']}, silentOverUdp: true}});
    const lines = await resultsOf(
      [
        asks('UDP', WEB, {server: b.ip, timeoutMs: 1500}),
        asks('TCP', WEB, {server: b.ip, kind: 'dns-tcp'}),
        asks('no server', WEB, {server: b.ip, port: 54}),
        asks('slow', WEB, {server: a.ip, from: {...FROM, name: 'b'}}),
      ],
      probePorts({a: inNetns(a.path), b: inNetns(b.path)}),
    );
    t.is(lines.get('UDP')?.error, 'no-answer');
    t.true(lines.get('TCP')?.ok);
    t.is(lines.get('no server')?.error, 'refused');
    t.true(lines.get('slow')?.ok);
    t.true((lines.get('slow')?.tries[0]?.ms ?? 0) >= 700);
  },
);

test.serial('a question that is lost is asked again, which is a slow answer and no failure', async t => {
  const {a, b} = podNetworks(t);
  await b.serve({dns: {zone: {[WEB]: ['10.213.2.2']}, losesFirst: true}});
  const order = asks('lost', WEB, {server: b.ip, timeoutMs: 15_000});
  const lines = await resultsOf([order], probePorts({a: inNetns(a.path)}));
  t.like(lines.get('lost'), {ok: true, error: undefined});
  t.true((lines.get('lost')?.tries[0]?.ms ?? 0) >= 1000);
});

test.serial('a connection to a name goes where its own resolver leads', async t => {
  const {a, b} = podNetworks(t);
  await b.serve({dns: {zone: {[WEB]: ['10.213.2.2', 'fd00:213:2::2']}}, http: {port: 80, status: 200}});
  const lines = await resultsOf(
    [
      {id: 'first', kind: 'http', from: FROM, host: 'web', port: 80},
      {id: 'IPv6', kind: 'tcp', from: FROM, host: `${WEB}.`, port: 80, family: 6},
      {id: 'nowhere', kind: 'tcp', from: FROM, host: 'nowhere', port: 80},
    ],
    probePorts({a: inNetns(a.path, {servers: [b.ip], searches: SEARCHES})}),
  );
  t.like(lines.get('first'), {ok: true, address: '10.213.2.2', http: {status: 200}});
  t.like(lines.get('IPv6'), {ok: true, address: 'fd00:213:2::2'});
  t.like(lines.get('nowhere'), {ok: false, error: 'name-not-found', tries: []});
});
