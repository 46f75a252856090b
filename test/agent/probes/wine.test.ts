import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {ChildSetup} from '../../../agent/probes/child-setup.ts';
import {formatKeys} from '../../../src/protocol/key.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {readProbeLine} from '../../../src/protocol/probes/read-line.ts';
import {authorize, bodyHash} from '../../../src/protocol/signature.ts';
import {FramedClient} from '../../helpers/agent/framed.ts';
import {POD_NETWORKS, podNetworks} from '../../helpers/probes/pod-networks.ts';
import {NO_DNS} from '../../helpers/probes/runs.ts';
import {insidePath, startExe, winePrefix} from '../../helpers/wine.ts';

const KEY_FILE = 'C:\\hpc\\etc\\kubectl-win\\key';

/** Lines of NDJSON, by the ids of their orders. */
function byId(text: string): ReadonlyMap<string, ProbeLine> {
  return new Map(
    text
      .split('\n')
      .flatMap(line => readProbeLine(line) ?? [])
      .map(line => [line.id, line]),
  );
}

test.serial('the Windows program tries connections from the host, as a request orders them', async t => {
  const {a, b} = podNetworks(t);
  await b.serve({http: {port: 80, status: 503}, dns: {zone: {'web.shop.svc': [b.ip]}}});
  const prefix = await winePrefix(t, {netns: a.name});
  const key = randomBytes(32);
  writeFileSync(insidePath(prefix, KEY_FILE), formatKeys([key]));
  const exe = await startExe(prefix, ['connect', '--node-name', 'win-1', '--key-file', KEY_FILE], {
    env: {KUBECTL_WIN_PROBE_TARGETS: POD_NETWORKS.join(',')},
  });
  const client = new FramedClient(exe.stdin, exe.stdout);
  client.send('GET /v1/healthz HTTP/1.1\r\nhost: a\r\n\r\n');
  const [health = '{}'] = /\{.*\}/.exec(await client.until(/\}\n/)) ?? [];
  const {node, boot, now} = JSON.parse(health);
  const patient = {timeoutMs: 15_000} as const;
  const orders: ProbeOrder[] = [
    {id: 'works', kind: 'tcp', host: b.ip, port: 80, tries: 2, ...patient},
    {id: 'is closed', kind: 'tcp', host: b.ip, port: 81, ...patient},
    {id: 'page', kind: 'http', host: b.ip, port: 80, ...patient},
    {id: 'DNS', kind: 'dns-udp', server: b.ip, query: 'web.shop.svc', ...patient},
    {id: 'DNS over TCP', kind: 'dns-tcp', server: b.ip, query: 'nothing', ...patient},
    {id: 'forbidden', kind: 'tcp', host: '169.254.169.254', port: 80},
    {id: 'pod', kind: 'tcp', host: b.ip, port: 80, from: {namespace: 'shop', name: 'web-0'}},
  ];
  const body = JSON.stringify({orders});
  const claims = {boot, time: now, nonce: randomBytes(16).toString('hex'), body: bodyHash(body)};
  const authorization = authorize(key, {method: 'POST', target: '/v1/probes', node}, claims);
  client.send(
    `POST /v1/probes HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  const lines = byId(await client.until(/\r\n0\r\n\r\n$/));
  t.like(lines.get('works'), {ok: true, way: 'host', address: b.ip});
  t.is(lines.get('works')?.tries.length, 2);
  t.is(lines.get('is closed')?.error, 'refused');
  t.like(lines.get('page'), {ok: true, http: {status: 503}});
  t.like(lines.get('DNS'), {ok: true});
  t.deepEqual(lines.get('DNS')?.dns?.[0]?.addresses, [b.ip]);
  t.is(lines.get('DNS over TCP')?.error, 'name-not-found');
  t.is(lines.get('forbidden')?.error, 'not-allowed');
  // There is no runtime in this Windows.
  t.like(lines.get('pod'), {ok: false, way: 'compartment', error: 'failed'});
  client.sayEnd();
  await exe.ended;
  t.regex(exe.stderr(), /"route":"probes".*"from":\["host","shop\/web-0"\]/);
});

test.serial(
  'a Windows without compartments says so for each order, and tries none from the host',
  async t => {
    const lines = await childOf(t, [
      {id: 'a', kind: 'tcp', host: '10.213.2.2', port: 80},
      {id: 'b', kind: 'dns-udp', query: 'web', server: '10.213.2.2'},
    ]);
    for (const id of ['a', 'b'])
      t.like(lines.get(id), {ok: false, way: 'compartment', error: 'unsupported', tries: []});
  },
);

/** What the child process of a pod's network answers in a plain Wine. */
async function childOf(
  t: ExecutionContext,
  orders: readonly ProbeOrder[],
): Promise<ReadonlyMap<string, ProbeLine>> {
  const exe = await startExe(await winePrefix(t), ['child', 'probe']);
  const setup: ChildSetup = {
    os: 'windows',
    network: {kind: 'compartment', namespace: 'aaaaaaaa-0123-4567-89ab-cdef01234567'},
    dns: NO_DNS,
    targets: POD_NETWORKS,
  };
  exe.stdin.end([setup, ...orders].map(line => `${JSON.stringify(line)}\n`).join(''));
  const {stdout} = await exe.ended;
  return byId(stdout);
}
