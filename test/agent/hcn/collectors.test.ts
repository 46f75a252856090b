import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectedFile, Collector, MissingFile} from '../../../agent/collect/collector.ts';
import {hnsCollectors} from '../../../agent/hcn/collectors.ts';
import {hcsCollector} from '../../../agent/hcs/collector.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import {tempDir} from '../../helpers/archives.ts';

/** A child process that runs `script` with its arguments behind `child NAME`; `say` writes an event. */
function childOf(t: ExecutionContext, script: string) {
  const file = join(tempDir(t), 'child.mjs');
  writeFileSync(
    file,
    `import {writeSync} from 'node:fs';
     const say = event => writeSync(1, JSON.stringify(event) + '\\n');
     const [word, name = ''] = process.argv.slice(2);
     const family = name.replace('hns.', '');
     ${script}`,
  );
  return {file: process.execPath, args: [file]};
}

async function run(collector: Collector | undefined, signal = new AbortController().signal) {
  const files: (CollectedFile | MissingFile)[] = [];
  for await (const file of collector?.collect({signal}) ?? []) files.push(file);
  return files;
}

const SAYS_ALL = `
  for (const file of [\`hns/v1-\${family}.json\`, \`hns/\${family}.json\`]) {
    say({event: 'item', file, text: '{"ID":"a"}'});
    say({event: 'end', file});
  }`;
/** Where the deadline is not what is tested: the machine may have other things to do. */
const PATIENT = {deadlineMs: 60_000};
/** A call that never returns, as one into a wedged HNS. */
const HANGS = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

test('there is a collector for each name of the table, with just its files', async t => {
  const self = childOf(t, 'process.exit(0)');
  const collectors = [...hnsCollectors({self, ...PATIENT}), hcsCollector({self, ...PATIENT})];
  const table = COLLECTORS.filter(({name}) => name.startsWith('hns.') || name.startsWith('hcs.'));
  t.deepEqual(
    collectors.map(({name}) => name),
    table.map(({name}) => name),
  );
  for (const [i, collector] of collectors.entries()) {
    const files = await run(collector);
    t.deepEqual(files.map(({file}) => file).sort(), [...(table[i]?.files ?? [])].sort());
  }
});

test('both APIs of a family come from one child', async t => {
  const [, networks] = hnsCollectors({self: childOf(t, SAYS_ALL), ...PATIENT});
  t.like(await run(networks), [
    {file: 'hns/v1-networks.json', source: 'HNSCall GET /networks/', body: '[{"ID":"a"}]'},
    {file: 'hns/networks.json', source: 'HcnEnumerateNetworks', body: '[{"ID":"a"}]'},
  ]);
});

test('a child that hangs is killed at its deadline, and what it had said is kept', async t => {
  const pidFile = join(tempDir(t), 'pid');
  const script = `
    writeSync(1, '');
    (await import('node:fs')).writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
    say({event: 'item', file: 'hns/v1-networks.json', text: '1'});
    ${HANGS}`;
  const [, networks] = hnsCollectors({self: childOf(t, script), deadlineMs: 5000});
  const hung = {reason: 'timeout', detail: 'HNS did not answer within 5000 ms'};
  t.like(await run(networks), [
    {file: 'hns/v1-networks.json', body: '[1]', partial: hung},
    {file: 'hns/networks.json', missing: hung},
  ]);
  t.throws(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0), {code: 'ESRCH'});
});

test('a child that is cut off when the client goes ends, too', async t => {
  const [version] = hnsCollectors({self: childOf(t, HANGS), deadlineMs: 60_000});
  t.like(await run(version, AbortSignal.timeout(300)), [
    {missing: {reason: 'timeout', detail: 'the collection was ended before it was done'}},
  ]);
});

test('a child that crashes costs its own family and says how it ended', async t => {
  const script = `if (family === 'version') process.kill(process.pid, 'SIGSEGV'); else {${SAYS_ALL}}`;
  const [version, networks] = hnsCollectors({self: childOf(t, script), ...PATIENT});
  t.like(await run(version), [
    {missing: {reason: 'failed', detail: 'the process that asked HNS was ended by SIGSEGV'}},
  ]);
  t.like(await run(networks), [{body: '[{"ID":"a"}]'}, {body: '[{"ID":"a"}]'}]);
});

test('a child that ends badly is quoted with its last words', async t => {
  const [version] = hnsCollectors({
    self: childOf(t, `console.error('a\\nlast words'); process.exit(5)`),
    ...PATIENT,
  });
  const detail = 'the process that asked HNS ended with exit code 5: last words';
  t.like(await run(version), [{missing: {reason: 'failed', detail}}]);
});

test('a child that says much beside its answers is not ended for it', async t => {
  const script = `writeSync(2, 'x'.repeat(1_000_000)); ${SAYS_ALL}`;
  const [, networks] = hnsCollectors({self: childOf(t, script), ...PATIENT});
  t.like(await run(networks), [{body: '[{"ID":"a"}]'}, {body: '[{"ID":"a"}]'}]);
});

test('a program that cannot be started says why', async t => {
  const [version] = hnsCollectors({self: {file: join(tempDir(t), 'absent'), args: []}});
  const [file] = await run(version);
  t.true(file && 'missing' in file && /could not be started: .*ENOENT/.test(file.missing.detail));
});

test('a child that floods is killed', async t => {
  const script = `for (;;) say({event: 'item', file: 'hns/version.json', text: JSON.stringify('x'.repeat(1_000_000))});`;
  const [version] = hnsCollectors({self: childOf(t, script), ...PATIENT});
  const [file] = await run(version);
  t.true(file && 'partial' in file && file.partial?.detail.startsWith('HNS answered more than '));
});

test('lines that are no events, and files that were not asked for, change nothing', async t => {
  const script = `writeSync(1, 'noise\\n{"half\\nnull\\n1\\n[]\\n'); say({event: 'text', file: '../x', text: '1'}); ${SAYS_ALL}`;
  const [, networks] = hnsCollectors({self: childOf(t, script), ...PATIENT});
  t.is((await run(networks)).length, 2);
});

test('errors of single objects of every family are one file, and belong to the last collection', async t => {
  const folder = tempDir(t);
  const script = `
    const {existsSync} = await import('node:fs');
    const file = \`hns/\${family}.json\`;
    if (!existsSync(${JSON.stringify(join(folder, 'now'))})) say({event: 'error', file, error: {query: family, hresult: '0x803b0017', code: 2151350295, message: 'm'}});
    say({event: 'end', file});`;
  const collectors = hnsCollectors({self: childOf(t, script), ...PATIENT});
  const [, networks, endpoints] = collectors;
  const errors = collectors.at(-1);
  await t.throwsAsync(run(errors), {message: /no other collector of HNS has run/});
  await run(endpoints);
  const [, [file]] = await Promise.all([run(networks), run(errors)]);
  t.is(JSON.parse(file && 'body' in file ? file.body : '').length, 2);
  writeFileSync(join(folder, 'now'), '');
  await run(networks);
  const [healed] = await run(errors);
  t.is(JSON.parse(healed && 'body' in healed ? healed.body : '').length, 1);
});
