import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {probeByExec} from '../../../plugin/exec/probe-pods.ts';
import type {Leg, Probe, Protocol} from '../../../src/probes/types.ts';
import type {Image} from '../../helpers/probes/exec-endpoint.ts';
import {execEndpoint} from '../../helpers/probes/exec-endpoint.ts';

/** An address of this machine that is no loopback: those are refused. */
const OWN = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(a => a.family === 'IPv4' && !a.internal)?.address;

const probe = (
  host: string,
  port: number,
  more: {pod?: string; protocol?: Protocol; leg?: Leg} = {},
): Probe => ({
  id: `${more.leg ?? 'cluster-ip'} ${host}:${port} ${more.pod ?? 'web'}`,
  leg: more.leg ?? 'cluster-ip',
  from: {node: 'n1', os: 'linux', pod: {namespace: 'shop', name: more.pod ?? 'web'}},
  to: {host, port, of: {kind: 'Service', namespace: 'shop', name: 'web'}},
  protocol: more.protocol ?? 'tcp',
});

async function tried(t: ExecutionContext, image: Image, probes: readonly Probe[]) {
  const sockets = await execEndpoint(image);
  t.teardown(() => sockets.close());
  const {signal} = new AbortController();
  const got = await probeByExec(probes, {sockets, containerOf: () => 'main', signal});
  return {...got, asked: sockets.asked};
}

async function webServer(t: ExecutionContext): Promise<number> {
  const server = createServer((_, response) => response.writeHead(404).end()).listen(0);
  await once(server, 'listening');
  t.teardown(() => void server.close());
  // A server that listens on an address.
  return (server.address() as AddressInfo).port;
}

for (const [tool, program] of [
  ['bash', 'timeout'],
  ['curl', 'curl'],
] as const)
  test(`what the image has is used, and the result says so: a real ${tool} connects, and is refused`, async t => {
    const host = OWN ?? t.fail('this machine has no address but loopback');
    const port = await webServer(t);
    const {results, losses, asked} = await tried(t, p => (p === program ? 'real' : 'absent'), [
      probe(host, port),
      probe(host, 1),
    ]);
    t.deepEqual(losses, []);
    t.like(results, [
      {ok: true, way: 'exec', tries: 1, lost: 0},
      {ok: false, error: 'refused', way: 'exec', lost: 1},
    ]);
    t.true(results.every(r => r.detail?.startsWith(`by ${tool}`)));
    // What is not there is looked for once.
    t.is(asked.filter(a => a.command[0] === 'nc').length, tool === 'curl' ? 2 : 0);
  });

test('a real curl asks a web server, whatever it answers', async t => {
  const host = OWN ?? t.fail('this machine has no address but loopback');
  const port = await webServer(t);
  const {results} = await tried(t, () => 'real', [probe(host, port, {protocol: 'http'})]);
  t.like(results, [{ok: true, way: 'exec'}]);
});

test('an image that has nothing says what was looked for, and nobody is blamed', async t => {
  const {results, losses} = await tried(t, () => 'absent', [
    probe('10.96.30.1', 80),
    probe('10.96.30.1', 81),
    probe('10.96.30.1', 0, {protocol: 'path-mtu', leg: 'path-mtu'}),
  ]);
  t.deepEqual(results, []);
  t.like(losses, [
    {
      node: 'n1',
      reason: 'unsupported',
      probes: 2,
      detail: 'the image has none of bash, nc, curl, wget that could try tcp',
    },
    {node: 'n1', reason: 'failed', probes: 1},
  ]);
});

test('a right that is missing, and a pod that dies, end the asking of that pod only', async t => {
  const {results, losses, asked} = await tried(
    t,
    program => (program === 'timeout' ? {exitCode: 0} : 'broken'),
    [
      probe('10.96.30.1', 80, {pod: 'forbidden'}),
      probe('10.96.30.1', 81, {pod: 'forbidden'}),
      probe('10.96.30.1', 80, {pod: 'dead', protocol: 'http'}),
      probe('10.96.30.1', 81, {pod: 'dead'}),
      probe('10.96.30.1', 80),
    ],
  );
  t.like(results, [{ok: true, probe: 'cluster-ip 10.96.30.1:80 web'}]);
  t.deepEqual(losses.map(l => `${l.probes} ${l.reason}`).sort(), ['2 denied', '2 failed']);
  t.deepEqual(asked.map(a => a.pod).sort(), ['dead', 'web']);
});

test('what agents never try is not tried by exec either', async t => {
  const {losses, asked} = await tried(t, () => 'real', [
    probe('127.0.0.1', 80),
    probe('169.254.169.254', 80),
    probe('168.63.129.16', 80),
  ]);
  t.deepEqual(asked, []);
  t.is(
    losses.reduce((sum, l) => sum + l.probes, 0),
    3,
  );
});

test('stopped in the middle, what was tried is kept', async t => {
  const sockets = await execEndpoint(() => ({exitCode: 0}));
  t.teardown(() => sockets.close());
  const stop = new AbortController();
  const {results, losses} = await probeByExec(
    Array.from({length: 5}, (_, i) => probe('10.96.30.1', 80 + i)),
    {sockets, containerOf: () => undefined, signal: stop.signal, progress: () => stop.abort()},
  );
  t.is(results.length, 1);
  t.like(losses, [{reason: 'failed', detail: 'stopped before it was tried', probes: 4}]);
});
