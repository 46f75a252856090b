import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import test from 'ava';
import {REFUSALS} from '../../../agent/server/refusal.ts';
import {SIGNATURE_WINDOW_MS, SCHEME} from '../../../src/protocol/signature.ts';
import {AGENT_PORT} from '../../../src/protocol/names.ts';
import {ROUTES} from '../../../src/protocol/routes.ts';
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
  });
  const json = async (path: string): Promise<unknown> => JSON.parse((await client.ask(path)).text);
  t.deepEqual(errorsOf('Health', await json('/v1/healthz')), []);
  t.deepEqual(errorsOf('Version', await json('/v1/version')), []);
  t.deepEqual(errorsOf('Capabilities', await json('/v1/capabilities')), []);
  t.deepEqual(errorsOf('Sources', await json('/v1/sources')), []);
  t.deepEqual(errorsOf('Error', await json('/v1/nothing')), []);
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
  for (const id of ['kubelet', 'a.b', 'Windows PowerShell', '.a', 'a..b', 'a/b', 'a ', '..', 'a\\b', 'C:'])
    t.is(errorsOf('Source', {id, kind: 'file', component: 'x', files: []}).length === 0, isSourceId(id), id);
});
