import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import {CHANNELS} from '../../../src/logs/places/channels.ts';
import {LINUX_PLACES} from '../../../src/logs/places/linux.ts';
import {mainLog} from '../../../src/logs/places/place.ts';
import type {LogPlace} from '../../../src/logs/places/place.ts';
import {WINDOWS_PLACES} from '../../../src/logs/places/windows.ts';
import {logSources} from '../../../agent/logs/sources.ts';
import type {LogOpening, LogSources} from '../../../agent/server/log-sources.ts';
import {isSourceId} from '../../../src/protocol/sources.ts';
import {tempDir} from '../../helpers/archives.ts';

const MINUTE = 60_000;
const noEvents = (): Promise<string> => Promise.resolve('<Events/>');

/** A node whose folder of logs is a real one. */
function node(t: ExecutionContext, more: Partial<LogPlace> = {}): {folder: string; sources: LogSources} {
  const folder = tempDir(t);
  const place = {folder, logs: [mainLog('kubelet', 'kubelet.log')], others: 'cni', source: 'test', ...more};
  return {folder, sources: logSources({places: [place], channels: [], eventLog: noEvents})};
}

/** Writes a file that was last written some minutes ago. */
function put(path: string, text: string, minutesAgo = 0): void {
  writeFileSync(path, text);
  const time = new Date(Date.now() - minutesAgo * MINUTE);
  utimesSync(path, time, time);
}

/** Everything that a source gives. */
async function read(sources: LogSources, id: string, opening: Partial<LogOpening> = {}): Promise<string> {
  let text = '';
  for await (const part of opened(sources, id, opening)) text += part;
  return text;
}

async function* opened(
  sources: LogSources,
  id: string,
  opening: Partial<LogOpening>,
): AsyncGenerator<string> {
  const source = (await sources.list()).find(s => s.id === id);
  if (!source) throw new Error(`${id} is not listed`);
  const signal = AbortSignal.timeout(60_000);
  for await (const part of sources.open(source, {follow: false, signal, ...opening})) yield String(part);
}

/** Follows a source and answers how to wait for a line and how to end. */
function following(sources: LogSources, id: string, opening: Partial<LogOpening> = {}) {
  const end = new AbortController();
  let text = '';
  const done = (async () => {
    for await (const part of opened(sources, id, {...opening, follow: true, signal: end.signal}))
      text += part;
  })();
  return {
    text: () => text,
    async until(line: string) {
      while (!`\n${text}`.includes(`\n${line}\n`)) await Promise.race([sleep(20), done]);
    },
    async end() {
      end.abort();
      await done;
      return text;
    },
  };
}

test('a log is one source with its rotated files, the oldest first; other logs of the folder are sources, too', async t => {
  const {folder, sources} = node(t);
  put(join(folder, 'kubelet.log'), 'c\n');
  put(join(folder, 'kubelet.log.1'), 'b\n', 1);
  put(join(folder, 'kubelet-20260901T120000.000.log'), 'a\n', 2);
  put(join(folder, 'flanneld.log'), 'x\n');
  put(join(folder, 'flanneld-2026-09-01T12-00-00.000.log'), 'x\n', 1);
  put(join(folder, 'readme.txt'), 'x\n');
  t.deepEqual(await sources.list(), [
    {
      id: 'kubelet',
      kind: 'file',
      component: 'kubelet',
      files: ['kubelet-20260901T120000.000.log', 'kubelet.log.1', 'kubelet.log'],
    },
    {
      id: 'cni.flanneld',
      kind: 'file',
      component: 'cni',
      files: ['flanneld-2026-09-01T12-00-00.000.log', 'flanneld.log'],
    },
  ]);
  t.is(await read(sources, 'kubelet'), 'a\nb\nc\n');
});

test('tail counts lines over all files', async t => {
  const {folder, sources} = node(t);
  put(join(folder, 'kubelet.log.1'), 'a\nb\nc\n', 1);
  put(join(folder, 'kubelet.log'), 'd\ne\n');
  t.is(await read(sources, 'kubelet', {tail: 0}), '');
  t.is(await read(sources, 'kubelet', {tail: 1}), 'e\n');
  t.is(await read(sources, 'kubelet', {tail: 4}), 'b\nc\nd\ne\n');
  t.is(await read(sources, 'kubelet', {tail: 99}), 'a\nb\nc\nd\ne\n');
});

test('tail counts lines of UTF-16, whose line feed may be half of another character', async t => {
  const {folder, sources} = node(t);
  // U+0A0A holds the byte twice.
  writeFileSync(
    join(folder, 'kubelet.log'),
    Buffer.from('\uFEFFone\r\n\u0A0A\u0A0A two\r\nthree\r\n', 'utf16le'),
  );
  t.is(await read(sources, 'kubelet', {tail: 2}), '\u0A0A\u0A0A two\nthree\n');
  t.is(await read(sources, 'kubelet'), 'one\n\u0A0A\u0A0A two\nthree\n');
});

test('since leaves out older files unread and older lines', async t => {
  const {folder, sources} = node(t);
  put(join(folder, 'kubelet.log.1'), 'time="2026-01-01T00:00:00Z" old\n', 60);
  const [before, after] = [-2 * MINUTE, -MINUTE].map(ms => new Date(Date.now() + ms).toISOString());
  put(join(folder, 'kubelet.log'), `time="${before}" before\ntime="${after}" after\n`);
  t.is(await read(sources, 'kubelet', {since: Date.now() - 1.5 * MINUTE}), `time="${after}" after\n`);
});

test('secrets of a log are masked', async t => {
  const {folder, sources} = node(t);
  put(join(folder, 'kubelet.log'), 'Authorization: Bearer abcdef0123456789\n');
  t.is(await read(sources, 'kubelet'), 'Authorization: Bearer ***\n');
});

test('what is written while a log is followed comes, each line once and whole', async t => {
  const {folder, sources} = node(t);
  put(join(folder, 'kubelet.log'), 'a\n');
  const log = following(sources, 'kubelet');
  await log.until('a');
  appendFileSync(join(folder, 'kubelet.log'), 'half of');
  await sleep(600);
  t.is(log.text(), 'a\n');
  appendFileSync(join(folder, 'kubelet.log'), ' b\nc\n');
  await log.until('c');
  t.is(await log.end(), 'a\nhalf of b\nc\n');
});

test('a followed log survives a rename with a late writer, and several rotations between two looks', async t => {
  const {folder, sources} = node(t);
  const live = join(folder, 'kubelet.log');
  put(join(folder, 'kubelet.log.9'), 'long ago\n', 60);
  put(live, 'a\n');
  const log = following(sources, 'kubelet', {tail: 1});
  await log.until('a');
  renameSync(live, join(folder, 'kubelet.log.1'));
  appendFileSync(join(folder, 'kubelet.log.1'), 'late\n');
  put(live, 'b\n');
  await log.until('b');
  appendFileSync(live, 'c\n');
  renameSync(live, join(folder, 'kubelet.log.2'));
  writeFileSync(live, 'd\n');
  renameSync(live, join(folder, 'kubelet.log.3'));
  writeFileSync(live, 'e\n');
  await log.until('e');
  t.is(await log.end(), 'a\nlate\nb\nc\nd\ne\n');
});

test('a followed log survives copy and truncate, also where it has grown past its old size', async t => {
  const {folder, sources} = node(t);
  const live = join(folder, 'kubelet.log');
  put(live, 'first\n');
  const log = following(sources, 'kubelet');
  await log.until('first');
  copyFileSync(live, join(folder, 'kubelet.log.1'));
  truncateSync(live);
  appendFileSync(live, 'x\n');
  await log.until('x');
  truncateSync(live);
  appendFileSync(live, 'a longer line than before\n');
  await log.until('a longer line than before');
  t.is(await log.end(), 'first\nx\na longer line than before\n');
});

test('a followed log that is gone for a while goes on when it is back', async t => {
  const {folder, sources} = node(t);
  const live = join(folder, 'kubelet.log');
  put(live, 'a\n');
  const log = following(sources, 'kubelet');
  await log.until('a');
  unlinkSync(live);
  await sleep(600);
  put(live, 'b\n');
  await log.until('b');
  t.is(await log.end(), 'a\nb\n');
});

test('a followed log that becomes a link ends with an error that says so', async t => {
  const {folder, sources} = node(t);
  const live = join(folder, 'kubelet.log');
  put(live, 'a\n');
  put(join(folder, 'secret'), 'secret\n');
  const log = following(sources, 'kubelet');
  await log.until('a');
  unlinkSync(live);
  symlinkSync('secret', live);
  const error = await t.throwsAsync(log.until('secret'), {instanceOf: CollectError});
  t.is(error.reason, 'denied');
  t.is(log.text(), 'a\n');
});

test('10,000 numbered lines written over 20 rotations come in order, none lost, none twice', async t => {
  const {folder, sources} = node(t);
  const live = join(folder, 'kubelet.log');
  put(live, '');
  const log = following(sources, 'kubelet');
  for (let i = 0; i < 10_000; i++) {
    appendFileSync(live, `line ${i}\n`);
    if (i % 500 !== 499) continue;
    await sleep(30);
    if (i < 9999) {
      renameSync(live, join(folder, `kubelet.log.${i}`));
      writeFileSync(live, '');
    }
  }
  await log.until('line 9999');
  const numbers = (await log.end())
    .trim()
    .split('\n')
    .map(line => Number(line.slice('line '.length)));
  t.is(
    numbers.findIndex((number, i) => number !== i),
    -1,
  );
  t.is(numbers.length, 10_000);
});

test('on Linux the logs are looked for where the node is mounted', async t => {
  const root = tempDir(t);
  mkdirSync(join(root, 'var/log'), {recursive: true});
  put(join(root, 'var/log/kube-proxy.log'), 'x\n');
  const sources = logSources({places: LINUX_PLACES, channels: [], eventLog: noEvents, root});
  t.deepEqual(
    (await sources.list()).map(({id}) => id),
    ['kube-proxy'],
  );
});

test('every id of the tables can be asked for, is no path, and no channel shares one with a file', t => {
  const ids = CHANNELS.map(({id}) => id);
  t.is(new Set(ids).size, ids.length);
  for (const places of [WINDOWS_PLACES, LINUX_PLACES]) {
    for (const id of places.flatMap(({logs, others}) => [
      ...logs.map(log => log.id),
      ...(others === undefined ? [] : [others]),
    ])) {
      t.true(isSourceId(id), id);
      t.false(ids.includes(id), id);
    }
  }
  t.true(ids.every(isSourceId));
  t.false(CHANNELS.some(({name}) => /security/i.test(name)));
});
