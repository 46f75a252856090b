import {randomBytes} from 'node:crypto';
import test from 'ava';
import {formatKeys} from '../../src/protocol/key.ts';
import {bodyHash} from '../../src/protocol/signature.ts';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {keyFile} from '../../agent/config/key-file.ts';
import {steadyClock} from '../../agent/server/clock.ts';
import {big} from '../helpers/agent/collectors.ts';
import type {Asking} from '../helpers/agent/client.ts';
import {startAgent} from '../helpers/agent/in-process.ts';

const WINDOW_MS = 5 * 60_000;

const PROTECTED = ['/v1/version', '/v1/capabilities', '/v1/sources', '/v1/logs?source=kubelet'];

test('without a signature only health is answered', async t => {
  const {client} = await startAgent(t);
  for (const target of [...PROTECTED, '/v1/nothing', '/', '/v1/healthz/', '/v1/healthz?']) {
    const {status, text} = await client.ask(target, {headers: {authorization: ''}});
    if (target === '/v1/healthz?') t.is(status, 200);
    else t.deepEqual([target, status, JSON.parse(text).error], [target, 401, 'unsigned']);
  }
  const posted = await client.ask('/v1/snapshot', {method: 'POST', body: '{}', headers: {authorization: ''}});
  t.is(posted.status, 401);
  t.deepEqual(
    Object.keys(JSON.parse((await client.ask('/v1/healthz', {headers: {authorization: ''}})).text)),
    ['status', 'node', 'os', 'boot', 'now'],
  );
});

const WRONG: Record<string, {asking: Asking; error: string}> = {
  'made with another key': {asking: {key: randomBytes(32)}, error: 'wrong-signature'},
  'made for another node': {asking: {signed: {node: 'win-2'}}, error: 'wrong-signature'},
  'made for another method': {asking: {signed: {method: 'POST'}}, error: 'wrong-signature'},
  'made for another path': {asking: {signed: {target: '/v1/capabilities'}}, error: 'wrong-signature'},
  'made for another query': {asking: {signed: {target: '/v1/version?x=1'}}, error: 'wrong-signature'},
  'made for an earlier boot': {asking: {signed: {boot: '0123456789abcdef'}}, error: 'other-boot'},
  'made for another body': {asking: {signed: {body: bodyHash('other')}}, error: 'wrong-signature'},
};

for (const [how, {asking, error}] of Object.entries(WRONG)) {
  test(`a signature ${how} is refused`, async t => {
    const {client} = await startAgent(t);
    const answer = await client.ask('/v1/version', asking);
    t.deepEqual([answer.status, JSON.parse(answer.text).error], [401, error]);
    t.is((await client.ask('/v1/version')).status, 200);
  });
}

for (const [what, off, status] of [
  ['older than five minutes', -WINDOW_MS - 2000, 401],
  ['almost five minutes old', -WINDOW_MS + 20_000, 200],
  ['more than five minutes ahead', WINDOW_MS + 20_000, 401],
  ['almost five minutes ahead', WINDOW_MS - 2000, 200],
] as const) {
  test(`a signature ${what} is answered with ${status}`, async t => {
    const {client} = await startAgent(t);
    const answer = await client.ask('/v1/version', {signed: {time: client.now() + off}});
    t.is(answer.status, status);
    if (status === 401) t.is(JSON.parse(answer.text).error, 'stale');
  });
}

test('a request that was heard on the wire cannot be sent again', async t => {
  const {client} = await startAgent(t);
  const authorization = client.authorization('/v1/version');
  t.is((await client.ask('/v1/version', {headers: {authorization}})).status, 200);
  const again = await client.ask('/v1/version', {headers: {authorization}});
  t.deepEqual([again.status, JSON.parse(again.text).error], [401, 'replayed']);
});

test.serial('a clock that is set back makes no old request valid again: the agent keeps its own', t => {
  const clock = steadyClock();
  const before = clock();
  const {now} = Date;
  t.teardown(() => {
    Date.now = now;
  });
  Date.now = () => now() - 3_600_000;
  t.true(clock() >= before);
  t.true(clock() < before + 60_000);
});

test('a node whose clock is hours off is asked in its own time', async t => {
  const {client} = await startAgent(t, {clock: () => Date.now() - 7 * 3_600_000});
  t.is((await client.ask('/v1/version')).status, 200);
  const byOurs = await client.ask('/v1/version', {signed: {time: Date.now()}});
  t.is(JSON.parse(byOurs.text).error, 'stale');
});

test('a request for one node is of no use on another, nor after a restart, with the same key', async t => {
  const key = randomBytes(32);
  const keys = (): {keys: Uint8Array[]} => ({keys: [key]});
  const first = await startAgent(t, {keys, node: 'win-1'});
  const authorization = first.client.authorization('/v1/version', {key});
  const other = await startAgent(t, {keys, node: 'win-2', boot: first.deps.boot});
  const restarted = await startAgent(t, {keys, node: 'win-1'});
  t.is((await other.client.ask('/v1/version', {headers: {authorization}})).status, 401);
  t.is((await restarted.client.ask('/v1/version', {headers: {authorization}})).status, 401);
  t.is((await first.client.ask('/v1/version', {headers: {authorization}})).status, 200);
});

test('a body that was changed on its way starts no collector', async t => {
  let ran = false;
  const {client} = await startAgent(t, {
    collectors: [{...big(10), collect: context => ((ran = true), big(10).collect(context))}],
  });
  const answer = await client.ask('/v1/snapshot', {
    method: 'POST',
    body: '{"collectors":["system"]}',
    sentBody: '{"collectors":["tasksx"]}',
  });
  t.deepEqual([answer.status, JSON.parse(answer.text).error], [401, 'wrong-signature']);
  t.false(ran);
});

test('more nonces than can be remembered are refused, none is forgotten', async t => {
  const {client} = await startAgent(t, {limits: {nonces: 3}});
  const first = client.authorization('/v1/version');
  t.is((await client.ask('/v1/version', {headers: {authorization: first}})).status, 200);
  for (let i = 0; i < 2; i++) t.is((await client.ask('/v1/version')).status, 200);
  t.is((await client.ask('/v1/version')).status, 429);
  t.is((await client.ask('/v1/version', {headers: {authorization: first}})).status, 401);
});

test('a key that is rotated is taken over without a restart, both hold meanwhile, the old one ends', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-key-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const path = join(folder, 'key');
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  writeFileSync(path, formatKeys([old]));
  const {client} = await startAgent(t, {keys: keyFile(path)});
  const status = async (key: Uint8Array): Promise<number> => (await client.ask('/v1/version', {key})).status;
  t.deepEqual([await status(old), await status(fresh)], [200, 401]);
  writeFileSync(path, formatKeys([fresh, old]));
  t.deepEqual([await status(old), await status(fresh)], [200, 200]);
  writeFileSync(path, formatKeys([fresh]));
  t.deepEqual([await status(old), await status(fresh)], [401, 200]);
});

for (const [what, content] of [
  ['is gone', undefined],
  ['is empty', ''],
  ['holds a key that is too short', `${randomBytes(16).toString('base64')}\n`],
  ['is far too long', 'x'.repeat(10_000)],
] as const) {
  test(`a key file that ${what} leaves nobody who may ask`, async t => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-key-'));
    t.teardown(() => rmSync(folder, {recursive: true}));
    const path = join(folder, 'key');
    if (content !== undefined) writeFileSync(path, content);
    const {client} = await startAgent(t, {keys: keyFile(path)});
    for (const key of [client.key, new Uint8Array(), new Uint8Array(32)]) {
      const answer = await client.ask('/v1/version', {key});
      t.deepEqual([answer.status, JSON.parse(answer.text).error], [503, 'no-key']);
    }
    t.is((await client.ask('/v1/healthz')).status, 200);
  });
}

test('what is refused tells neither key nor signature, in answers and in the log', async t => {
  const {client, audit, key} = await startAgent(t);
  const authorization = client.authorization('/v1/version', {key: randomBytes(32)});
  const answer = await client.ask('/v1/version', {headers: {authorization}});
  await client.ask('/v1/version');
  const told = JSON.stringify([answer.text, answer.headers, audit]);
  t.true(audit.some(({event}) => event === 'refused') && audit.some(({event}) => event === 'request'));
  for (const secret of [
    Buffer.from(key).toString('base64'),
    Buffer.from(key).toString('hex'),
    authorization.slice(-64),
    authorization.slice(-20),
  ])
    t.false(told.includes(secret));
});
