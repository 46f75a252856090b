import {randomBytes} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {ChildSetup} from '../../../agent/probes/child-setup.ts';
import {formatKeys} from '../../../src/protocol/key.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {readProbeLine} from '../../../src/protocol/probes/read-line.ts';
import {authorize, bodyHash} from '../../../src/protocol/signature.ts';
import {tempDir} from '../../helpers/archives.ts';
import {WITH_COMPARTMENTS, compartmentCalls, putCompartments} from '../../helpers/compartments.ts';
import {FramedClient} from '../../helpers/agent/framed.ts';
import {POD_NETWORKS, podNetworks} from '../../helpers/probes/pod-networks.ts';
import {NO_DNS} from '../../helpers/probes/runs.ts';
import {objectAnswers, putStub, stubReports, writeAnswers} from '../../helpers/stub.ts';
import {insidePath, startExe, winPath, winePrefix} from '../../helpers/wine.ts';
import type {RunningExe} from '../../helpers/wine.ts';

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
    const exe = await startExe(await winePrefix(t), ['child', 'probe']);
    exe.stdin.end(inputOf([TCP, {id: 'b', kind: 'dns-udp', query: 'web', server: '10.213.2.2'}]));
    const lines = byId((await exe.ended).stdout);
    for (const id of [TCP.id, 'b'])
      t.like(lines.get(id), {ok: false, way: 'compartment', error: 'unsupported', tries: []});
  },
);

test.serial('the Windows program enters the compartment of the namespace before it connects', async t => {
  const {a, b} = podNetworks(t);
  await b.serve({http: {port: 80, status: 200}});
  const {exe, folder} = await startWithCompartments(t, a.name);
  exe.stdin.end(inputOf([{...TCP, host: b.ip, timeoutMs: 15_000}]));
  const lines = byId((await exe.ended).stdout);
  t.like(lines.get(TCP.id), {ok: true, way: 'compartment', address: b.ip});
  t.deepEqual(compartmentCalls(folder), ['set 7', 'get 7']);
  for (const {allocated, freed, opened, closed, writes} of stubReports(folder)) {
    // Asked for its compartment before it was entered, after, and once its one order was done.
    t.deepEqual([opened, closed, writes], [3, 3, 0]);
    t.is(freed, allocated);
  }
});

test.serial('a namespace that HNS loses while it is probed is gone', async t => {
  const {a, router} = podNetworks(t);
  router('iptables', '-A', 'FORWARD', '-j', 'DROP');
  const {exe, folder} = await startWithCompartments(t, a.name);
  exe.stdin.end(inputOf([{...TCP, timeoutMs: 8000}]));
  while (compartmentCalls(folder).length < 2) await sleep(20);
  // HNS is asked once more before the first order.
  await sleep(1000);
  rmSync(join(folder, 'namespace', `${NAMESPACE}.json`));
  t.like(byId((await exe.ended).stdout).get(TCP.id), {ok: false, error: 'gone'});
});

const NAMESPACE = 'aaaaaaaa-0123-4567-89ab-cdef01234567';
const TCP = {id: 'a', kind: 'tcp', host: '10.213.2.2', port: 80} as const;

/** Starts the child process in a Windows whose HNS has the namespace, in compartment 7. */
async function startWithCompartments(
  t: ExecutionContext,
  netns: string,
): Promise<{exe: RunningExe; folder: string}> {
  const prefix = await winePrefix(t, {netns});
  await putStub(prefix);
  await putCompartments(prefix);
  const folder = tempDir(t);
  const namespace = JSON.stringify({ID: NAMESPACE, NamespaceId: 7, Type: 'Guest'});
  writeAnswers(folder, objectAnswers('namespace', {[NAMESPACE]: namespace}));
  const env = {KUBECTL_WIN_STUB_DIR: winPath(folder), ...WITH_COMPARTMENTS};
  return {exe: await startExe(prefix, ['child', 'probe'], {env}), folder};
}

/** What the child process of a pod's network reads. */
function inputOf(orders: readonly ProbeOrder[]): string {
  const network = {kind: 'compartment', namespace: NAMESPACE} as const;
  const setup: ChildSetup = {os: 'windows', network, dns: NO_DNS, targets: POD_NETWORKS};
  return [setup, ...orders].map(line => `${JSON.stringify(line)}\n`).join('');
}
