import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import test from 'ava';
import {REFUSALS} from '../../../agent/server/refusal.ts';
import {SIGNATURE_WINDOW_MS, SCHEME} from '../../../src/protocol/signature.ts';
import {AGENT_PORT} from '../../../src/protocol/names.ts';
import {ROUTES} from '../../../src/protocol/routes.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import {PROBE_KINDS} from '../../../src/protocol/probes/orders.ts';
import {readProbesRequest} from '../../../src/protocol/probes/read-request.ts';
import {readSnapshotRequest} from '../../../src/protocol/snapshot-request.ts';
import {isSourceId} from '../../../src/protocol/sources.ts';
import {big, collector, file} from '../../helpers/agent/collectors.ts';
import {startAgent} from '../../helpers/agent/in-process.ts';

interface Operation {
  responses: Record<string, {content?: Record<string, {schema: object}>}>;
}

const text = readFileSync(new URL('../../../src/protocol/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(text);
const paths: Record<string, Record<string, Operation>> = document.paths;

const ajv = new Ajv2020({allErrors: true, strict: true, strictRequired: false, strictTypes: false});
addFormats.default(ajv);
ajv.addVocabulary(['components']);
ajv.addSchema({$id: 'urn:kubectl-win:agent', components: document.components}, undefined, false);

const NONCE = '0123456789abcdef'.repeat(2);
const TCP = {id: 'a', kind: 'tcp', host: '10.0.0.1', port: 80};
const LINE: ProbeLine = {
  id: 'a',
  ok: false,
  way: 'compartment',
  error: 'blackhole',
  detail: 'some words',
  tries: [{ms: 1.5, error: 'blackhole'}, {ms: 0}],
  address: '10.0.0.1',
  http: {status: 200, certificate: ''},
  dns: [
    {server: '10.0.0.1', name: 'a', rcode: 'NOERROR', addresses: ['10.0.0.2'], truncated: true, ms: 1},
    {server: '10.0.0.1', name: 'a', addresses: [], ms: 1},
  ],
  mtu: {arrives: 1348, lost: 1349},
  listening: {port: 40_000},
  at: '2026-11-29T12:00:00.000Z',
};
const PROBE_REQUESTS: readonly unknown[] = [
  {orders: [TCP], deadlineMs: 1000},
  ...[
    {...TCP, from: {namespace: 'shop', name: 'web-0', uid: '0-1'}, tries: 20, timeoutMs: 15_000, family: 6},
    {...TCP, kind: 'http', path: '/x?y=1'},
    {...TCP, kind: 'https', path: 'x'},
    {id: 'a', kind: 'dns-udp', query: 'web', server: '10.0.0.1', port: 53, search: true, recordType: 'AAAA'},
    {id: 'a', kind: 'dns-tcp', query: 'a..b'},
    {id: 'a', kind: 'listen', nonce: NONCE, listenMs: 120_000},
    {...TCP, kind: 'path-mtu', nonce: NONCE},
    {...TCP, kind: 'path-mtu'},
    {...TCP, nonce: NONCE},
    {...TCP, kind: 'exec'},
    {...TCP, id: ' a'},
    {...TCP, port: 65_536},
    {...TCP, tries: 21},
    {...TCP, from: {namespace: 'Shop', name: 'web-0'}},
    {...TCP, host: 'http://x'},
    {},
  ].map(order => ({orders: [order]})),
  {orders: []},
  {orders: [TCP], more: 1},
  [],
];

/** What a schema of the document has against a value. */
function errorsOf(schema: string, value: unknown): unknown[] {
  const validate = ajv.compile({$ref: `urn:kubectl-win:agent#/components/schemas/${schema}`});
  return validate(value) ? [] : (validate.errors ?? []);
}

test('the document names every route, its method, and no other', t => {
  t.deepEqual(
    Object.entries(paths)
      .flatMap(([path, operations]) =>
        Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
      )
      .sort(),
    Object.values(ROUTES)
      .map(({method, path}) => `${method} ${path}`)
      .sort(),
  );
  t.is(document.servers[0].url, `http://127.0.0.1:${AGENT_PORT}`);
});

test('every reference in the document leads somewhere', t => {
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    t.true(name in document.components.schemas, name);
});

test('every refusal of the server is described with its status', t => {
  const described = JSON.stringify(document.paths) + document.info.description;
  for (const [name, status] of Object.entries(REFUSALS))
    t.true(described.includes(`\`${name}\``) || described.includes(`with ${status}`), name);
  for (const {responses} of Object.values(paths).flatMap(operations => Object.values(operations)))
    for (const status of Object.keys(responses))
      t.true(status === '200' || Object.values<number>(REFUSALS).includes(Number(status)), status);
});

test('the signature is described as it is made', t => {
  const {description} = document.components.securitySchemes.signature;
  t.true(description.includes(`\`${SCHEME} boot=`));
  t.true(description.includes(`${SIGNATURE_WINDOW_MS / 60_000} minutes`));
});

test('real answers are as the document says', async t => {
  const {client} = await startAgent(t, {
    collectors: [
      {...big(100), maxBytes: 50},
      collector('services', async function* () {
        yield file('services.json', '[]');
      }),
    ],
    logs: {
      list: async () => [{id: 'kubelet', kind: 'file', component: 'kubelet', files: ['kubelet.log']}],
      async *open() {
        yield 'line\n';
      },
    },
    probes: {
      kinds: PROBE_KINDS,
      async *run({orders}) {
        for (const {id} of orders) yield {...LINE, id};
      },
    },
  });
  const json = async (path: string): Promise<unknown> => JSON.parse((await client.ask(path)).text);
  t.deepEqual(errorsOf('Health', await json('/v1/healthz')), []);
  t.deepEqual(errorsOf('Version', await json('/v1/version')), []);
  t.deepEqual(errorsOf('Capabilities', await json('/v1/capabilities')), []);
  t.deepEqual(errorsOf('Sources', await json('/v1/sources')), []);
  t.deepEqual(errorsOf('Error', await json('/v1/nothing')), []);
  const probed = await client.ask('/v1/probes', {method: 'POST', body: JSON.stringify({orders: [TCP]})});
  t.is(probed.headers['content-type'], 'application/x-ndjson');
  for (const line of probed.text.trim().split('\n')) t.deepEqual(errorsOf('ProbeLine', JSON.parse(line)), []);
  const {text: stream, headers, lines} = await client.snapshot();
  t.true('application/x-ndjson' in (paths['/v1/snapshot']?.['post']?.responses['200']?.content ?? {}));
  t.is(headers['content-type'], 'application/x-ndjson');
  for (const line of stream.trim().split('\n')) t.deepEqual(errorsOf('CollectorLine', JSON.parse(line)), []);
  t.true(lines.some(({ok}) => ok) && lines.some(({ok}) => !ok) && lines.some(l => l.ok && l.reason));
});

test('requests are taken or refused as the document says', t => {
  for (const body of [
    {},
    {collectors: []},
    {collectors: ['system', 'hns.networks']},
    {rules: ['a'], pseudonymKey: '0'.repeat(64)},
    {collectors: ['System']},
    {collectors: [1]},
    {collectors: Array.from({length: 201}, () => 'a')},
    {rules: ['x'.repeat(4001)]},
    {pseudonymKey: 'x'},
    {pseudonymKey: '0'.repeat(64), pseudonyms: ['ips'], names: {hosts: ['win-1'], objects: []}},
    {pseudonyms: ['uids']},
    {names: {hosts: ['win-1']}},
    {names: {hosts: ['x'.repeat(254)], objects: []}},
    {other: 1},
    [],
  ])
    t.is(errorsOf('SnapshotRequest', body).length === 0, typeof readSnapshotRequest(body) !== 'string');
  for (const body of PROBE_REQUESTS)
    t.is(
      errorsOf('ProbesRequest', body).length === 0,
      typeof readProbesRequest(body) !== 'string',
      JSON.stringify(body),
    );
  for (const id of ['kubelet', 'a.b', 'Windows PowerShell', '.a', 'a..b', 'a/b', 'a ', '..', 'a\\b', 'C:'])
    t.is(errorsOf('Source', {id, kind: 'file', component: 'x', files: []}).length === 0, isSourceId(id), id);
});
