import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {NodeWriter} from '../../../plugin/bundle/nodes.ts';
import {ObjectWriter} from '../../../plugin/bundle/objects.ts';
import type {LogLimits} from '../../../plugin/bundle/pod-logs.ts';
import {writePodLogs} from '../../../plugin/bundle/pod-logs.ts';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {ApiStatusError} from '../../../plugin/kube/api-error.ts';
import type {WantedLog} from '../../../src/logs/wanted.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {tempDir} from '../../helpers/archives.ts';

const CANARY = 'canary7-Invented';

function spoolOf(t: ExecutionContext): Spool {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  return spool;
}

const textOf = (spool: Spool, path: string): string => readFileSync(join(spool.folder, path), 'utf8');

const WRITER = {manager: 'kubectl', operation: 'Update', time: '2026-09-01T10:00:00Z'};

const pod = (namespace: string, name: string): object => ({
  metadata: {namespace, name, managedFields: [{...WRITER, fieldsV1: {'f:spec': {}}}]},
  spec: {containers: [{env: [{name: 'DB_PASSWORD', value: `${CANARY}1`}]}]},
});

test('lists of several pages become one file for each namespace, redacted, each item with its kind and when it was written', t => {
  const spool = spoolOf(t);
  const writer = new ObjectWriter(spool);
  writer.add('pods', [pod('a', 'one'), pod('b', 'two')]);
  writer.add('pods', [pod('b', 'three')]);
  writer.end();
  const list = JSON.parse(textOf(spool, 'cluster-resources/pods/b.json'));
  t.is(list.kind, 'PodList');
  t.deepEqual(
    list.items.map((item: {kind: string; metadata: object}) => [item.kind, item.metadata]),
    [
      ['Pod', {namespace: 'b', name: 'two', managedFields: [WRITER]}],
      ['Pod', {namespace: 'b', name: 'three', managedFields: [WRITER]}],
    ],
  );
  t.deepEqual(list.items[0].spec.containers[0].env, [{name: 'DB_PASSWORD', value: '***'}]);
  t.is(writer.objects, 3);
  t.deepEqual(spool.redactions(), [
    {rule: 'setting', file: 'cluster-resources/pods/a.json', count: 1},
    {rule: 'setting', file: 'cluster-resources/pods/b.json', count: 2},
  ]);
});

test('a list that is begun again is written anew, and one that comes out empty has no file', t => {
  const spool = spoolOf(t);
  const writer = new ObjectWriter(spool);
  writer.add('pods', [pod('a', 'gone'), pod('b', 'old')]);
  writer.forget('pods', undefined);
  writer.add('pods', [pod('b', 'new')]);
  writer.end();
  t.deepEqual(readdirSync(join(spool.folder, 'cluster-resources/pods')), ['b.json']);
  t.is(JSON.parse(textOf(spool, 'cluster-resources/pods/b.json')).items[0].metadata.name, 'new');
});

test('a credential spec keeps what checks look at, and nothing of its accounts', t => {
  const spool = spoolOf(t);
  const writer = new ObjectWriter(spool);
  const metadata = {name: 'web'};
  writer.add('gmsaCredentialSpecs', [
    {metadata, credspec: {CmsPlugins: ['ActiveDirectory'], Password: `${CANARY}2`}},
  ]);
  writer.end();
  t.false(
    textOf(spool, 'cluster-resources/custom-resources/gmsacredentialspecs.windows.k8s.io.json').includes(
      CANARY,
    ),
  );
});

test('what an agent sends is put down redacted, with what became of each file', t => {
  const spool = spoolOf(t);
  const writer = new NodeWriter(spool);
  writer.expect('win-1', 'windows');
  writer.expect('win-2', 'windows');
  writer.contact('win-1', {os: 'windows', reached: true, failures: []});
  const facts = {tookMs: 3, at: '2026-09-01T12:00:00Z', source: 'x', bytes: 1};
  writer.take('win-1', {
    ...facts,
    key: 'system',
    ok: true,
    file: 'system.json',
    body: `{"password":"${CANARY}3"}`,
  });
  writer.take('win-1', {...facts, key: 'hns.networks', ok: false, reason: 'denied', detail: 'no right'});
  writer.end('win-1');
  writer.lost('win-2', missing('timeout', 'it sent nothing'));
  t.deepEqual(writer.endAll(), [
    {what: 'node.agent', node: 'win-2', reason: 'timeout', detail: 'it sent nothing'},
  ]);
  t.is(textOf(spool, 'host-collectors/win-1/windows/system.json'), '{"password":"***"}');
  const collection = JSON.parse(textOf(spool, 'host-collectors/win-1/windows/collection.json'));
  t.deepEqual(
    collection.map(({key, ok}: {key: string; ok: boolean}) => [key, ok]),
    [
      ['hns.networks', false],
      ['system', true],
    ],
  );
  t.true(spool.has('host-collectors/win-1/windows/agent.json'));
});

const LIMITS: LogLimits = {tail: 100, maxBytes: 1000};

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const log = (namespace: string, name: string): WantedLog => ({
  namespace,
  pod: name,
  container: 'c',
  previous: false,
});

test('logs are redacted over the borders of their pieces, cut at their limit, and each refused one is told', async t => {
  const spool = spoolOf(t);
  const streams = {
    open: async (path: string) => {
      if (path.includes('/denied/')) throw new ApiStatusError(path, 403, 'no');
      if (path.includes('/long/'))
        return chunks('never\n', 'x\n'.repeat(700), 'x\n'.repeat(1300), 'the last words');
      return chunks('one pass', `word=${CANARY}`, '4\ntwo\n');
    },
  };
  const wanted = [
    log('ok', 'p'),
    log('long', 'p'),
    log('denied', 'p'),
    ...Array.from({length: 9}, (_, n) => log('denied', `q${n}`)),
  ];
  const gaps = await writePodLogs(wanted, {
    streams,
    spool,
    limits: LIMITS,
    signal: new AbortController().signal,
  });
  t.is(textOf(spool, 'cluster-resources/pods/logs/ok/p/c.log'), 'one password=***\ntwo\n');
  t.is(textOf(spool, 'cluster-resources/pods/logs/long/p/c.log'), `${'x\n'.repeat(493)}the last words`);
  t.false(spool.has('cluster-resources/pods/logs/denied/p/c.log'));
  t.deepEqual(
    gaps.map(({what, reason, partial}) => [what, reason, partial]),
    [
      ['cluster-resources/pods/logs/denied/p/c.log', 'denied', false],
      ...Array.from({length: 9}, (_, n) => [
        `cluster-resources/pods/logs/denied/q${n}/c.log`,
        'denied',
        false,
      ]),
      ['cluster-resources/pods/logs/long/p/c.log', 'not-requested', true],
    ],
  );
});

test('nothing is left beside an archive when a bundle is given up', t => {
  const archive = join(tempDir(t), 'b.tar.gz');
  const spool = new Spool(archive);
  spool.file('version.yaml', 'x', {source: 'test'});
  spool.close();
  t.deepEqual(readdirSync(dirname(archive)), []);
});
