import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {runtimeCollectors} from '../../../agent/cri/collectors.ts';
import {tempDir} from '../../helpers/archives.ts';
import {GONE, serveRuntime} from '../../helpers/runtime-server.ts';
import type {RuntimeAnswer} from '../../helpers/runtime-server.ts';

const items = (count: number) => Array.from({length: count}, (_, index) => ({id: `s${index}`}));

/** Collects sandboxes of a runtime that answers about each of them as told. */
async function sandboxes(
  t: ExecutionContext,
  count: number,
  answer: (id: string) => RuntimeAnswer,
  callMs = 60_000,
) {
  const path = join(tempDir(t), 's');
  const server = await serveRuntime(path, {
    ListPodSandbox: () => ({items: items(count)}),
    PodSandboxStatus: ({podSandboxId}) => answer(String(podSandboxId)),
  });
  t.teardown(() => server.stop());
  const collector = runtimeCollectors({endpoints: [path], callMs}).find(c => c.name === 'cri.sandboxes');
  const files = [];
  for await (const file of collector?.collect({signal: new AbortController().signal}) ?? []) files.push(file);
  const [file] = files;
  if (!file || !('body' in file)) throw new Error('no file');
  // Made by the collector.
  const body = JSON.parse(file.body) as {items: {id: string; info?: object}[]};
  return {items: body.items, partial: file.partial, asked: server.calls.get('PodSandboxStatus') ?? 0};
}

const FINE = {status: {}, info: {info: '{"pid": 1}'}};

test('sandboxes come in the order of the list, each with its details', async t => {
  const {items: all, partial} = await sandboxes(t, 25, () => FINE);
  t.deepEqual(
    all.map(({id}) => id),
    items(25).map(({id}) => id),
  );
  t.true(all.every(({info}) => info !== undefined));
  t.is(partial, undefined);
});

test('a sandbox that goes while the others are asked about is left out, and nothing is missing', async t => {
  const {items: all, partial} = await sandboxes(t, 5, id => (id === 's2' ? GONE : FINE));
  t.deepEqual(
    all.map(({id}) => id),
    ['s0', 's1', 's3', 's4'],
  );
  t.is(partial, undefined);
});

test('a sandbox that the runtime cannot tell about stays in the list, and the file says that it is partial', async t => {
  const broken = {code: 2, details: 'failed to get sandbox spec'};
  const {items: all, partial} = await sandboxes(t, 5, id => (id === 's2' ? broken : FINE));
  t.is(all.length, 5);
  t.is(all[2]?.info, undefined);
  t.is(partial?.reason, 'failed');
  t.regex(partial?.detail ?? '', /^1 of 5 without details: .*failed to get sandbox spec$/);
});

test('many sandboxes that the runtime cannot tell about do not keep it from being asked about the others', async t => {
  const broken = {code: 2, details: 'failed to get sandbox spec'};
  const {items: all, partial} = await sandboxes(t, 30, id => (id === 's29' ? FINE : broken));
  t.is(all.length, 30);
  t.deepEqual(all[29]?.info, {pid: 1});
  t.regex(partial?.detail ?? '', /^29 of 30 without details/);
});

test('a runtime that hangs half-way is not asked about each of the others', async t => {
  const {items: all, partial, asked} = await sandboxes(t, 200, id => (id === 's0' ? FINE : 'hang'), 3000);
  t.is(all.length, 200);
  t.is(partial?.reason, 'timeout');
  t.true(asked < 20, `${asked} calls`);
});

test('verbose info that is no JSON gives no info, and does no harm', async t => {
  const {items: all} = await sandboxes(t, 1, () => ({status: {}, info: {info: '{"pid": '}}));
  t.deepEqual(all[0]?.info, {});
});
