import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import {CollectError} from '../../../agent/collect/collector.ts';
import {logsCollector} from '../../../agent/logs/collect-logs.ts';
import {mainLog} from '../../../src/logs/places/place.ts';
import {tempDir} from '../../helpers/archives.ts';

const CAP = 1 << 20;

/** A root with folders of logs, and what the collector makes of them. */
function node(t: ExecutionContext) {
  const root = tempDir(t);
  const folders = ['/var/log', '/var/other'];
  for (const folder of folders) mkdirSync(join(root, folder), {recursive: true});
  const places = folders.map(folder => ({
    folder,
    logs: [mainLog('kubelet', 'kubelet.log')],
    source: 'test',
  }));
  return {
    put(path: string, text: string, minutesAgo = 0) {
      writeFileSync(join(root, path), text);
      const time = new Date(Date.now() - minutesAgo * 60_000);
      utimesSync(join(root, path), time, time);
    },
    async collect() {
      const {signal} = new AbortController();
      const files: (CollectedFile | MissingFile)[] = [];
      for await (const file of logsCollector({places, root}).collect({signal})) files.push(file);
      return files;
    },
    root,
  };
}

test('of a log that is too large the newest lines are kept, from the start of a line on, and it is said', async t => {
  const made = node(t);
  const lines = Array.from({length: 30_000}, (_, i) => `line ${i} ${'x'.repeat(60)}\n`);
  made.put('/var/log/kubelet.log', lines.join(''));
  const [file] = await made.collect();
  const body = file && 'body' in file ? file.body : '';
  t.true(Buffer.byteLength(body) <= CAP);
  t.true(Buffer.byteLength(body) > CAP - 200);
  t.true(lines.join('').endsWith(body));
  t.regex(body, /^line \d+ x/);
  t.like(file, {
    file: 'logs/kubelet/kubelet.log',
    source: join(made.root, '/var/log/kubelet.log'),
    partial: {reason: 'not-requested', detail: `the newest ${CAP} of ${lines.join('').length} bytes`},
  });
});

test('where the live file has just begun, its predecessors come too, the newest first, within the same cap', async t => {
  const made = node(t);
  made.put('/var/log/kubelet.log', 'new\n');
  made.put('/var/log/kubelet.log.1', 'before\n'.repeat(200_000), 1);
  made.put('/var/log/kubelet.log.2', 'long before\n', 2);
  const files = await made.collect();
  t.deepEqual(
    files.map(({file}) => file),
    ['logs/kubelet/kubelet.log', 'logs/kubelet/kubelet.log.1'],
  );
  const total = files.reduce((sum, file) => sum + ('body' in file ? Buffer.byteLength(file.body) : 0), 0);
  t.true(total <= CAP);
});

test('two folders with a log of one name make two files', async t => {
  const made = node(t);
  made.put('/var/log/kubelet.log', 'a\n');
  made.put('/var/other/kubelet.log', 'b\n');
  t.deepEqual(
    (await made.collect()).map(file => [file.file, 'body' in file && file.body]),
    [
      ['logs/kubelet/kubelet.log', 'a\n'],
      ['logs/kubelet/kubelet-2.log', 'b\n'],
    ],
  );
});

test('a node without such logs says where they are then', async t => {
  const error = await t.throwsAsync(node(t).collect(), {instanceOf: CollectError});
  t.is(error.reason, 'unsupported');
  t.regex(error.message, /journalctl/);
});
