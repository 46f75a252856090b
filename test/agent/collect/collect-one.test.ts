import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {collectOne} from '../../../agent/collect/collect-one.ts';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {Collector} from '../../../agent/collect/collector.ts';
import {plan} from '../../../agent/collect/plan.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {collector, file} from '../../helpers/agent/collectors.ts';

async function linesOf(one: Collector, signal = new AbortController().signal): Promise<CollectorLine[]> {
  const [planned] = plan('windows', [one], [one.name]).run;
  if (!planned) throw new Error(`${one.name} is not planned`);
  const lines: CollectorLine[] = [];
  for await (const line of collectOne(planned, signal)) lines.push(line);
  return lines;
}

const told = (lines: readonly CollectorLine[]): unknown[] =>
  lines.map(line => [line.key, line.ok ? line.body : line.reason, line.detail]);

test('a file comes with its key, its size in bytes, its source and the time', async t => {
  const [line] = await linesOf(
    collector('hns.version', async function* () {
      yield {file: 'hns/version.json', body: '"é"', source: 'HNSCall GET /globals/version'};
    }),
  );
  t.like(line, {
    key: 'hns.version',
    ok: true,
    file: 'hns/version.json',
    bytes: 4,
    body: '"é"',
    source: 'HNSCall GET /globals/version',
  });
  t.regex(line?.at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('what a collector throws is the reason for the files that it had not made yet', async t => {
  const lines = await linesOf(
    collector('hns.networks', async function* () {
      yield file('hns/v1-networks.json', '[]');
      throw new CollectError('denied', 'HcnOpenNetwork: access denied');
    }),
  );
  t.deepEqual(told(lines), [
    ['hns.v1-networks', '[]', undefined],
    ['hns.networks', 'denied', 'HcnOpenNetwork: access denied'],
  ]);
});

test('where only the node knows the files, the collector is named', async t => {
  const lines = await linesOf(
    collector('eventlog', async function* () {
      yield file('eventlog/System.xml', '<Events/>');
      throw new Error('wevtutil is gone');
    }),
  );
  t.deepEqual(told(lines), [
    ['eventlog.System', '<Events/>', undefined],
    ['eventlog', 'failed', 'wevtutil is gone'],
  ]);
});

test('a collector says itself what is missing, or only partly there', async t => {
  const lines = await linesOf(
    collector('hns.endpoints', async function* () {
      yield {
        file: 'hns/v1-endpoints.json',
        body: '[1]',
        source: 'x',
        partial: {reason: 'failed', detail: 'one object vanished'},
      };
      yield {
        file: 'hns/endpoints.json',
        source: 'y',
        missing: {reason: 'unsupported', detail: 'no such export'},
      };
    }),
  );
  t.deepEqual(told(lines), [
    ['hns.v1-endpoints', '[1]', 'one object vanished'],
    ['hns.endpoints', 'unsupported', 'no such export'],
  ]);
});

for (const path of [
  'system.json',
  'hns/../../x',
  '/etc/passwd',
  'C:\\x',
  'eventlog/a/b.xml',
  'eventlog/a.txt',
  'eventlog/.xml',
  'eventlog/a:b.xml',
]) {
  test(`a collector of event logs cannot make the file ${path}`, async t => {
    const lines = await linesOf(
      collector('eventlog', async function* () {
        yield file(path, 'planted');
      }),
    );
    t.false(JSON.stringify(lines).includes('planted'));
    t.like(lines[0], {key: 'eventlog', ok: false, reason: 'failed'});
  });
}

test('at its deadline a collector may still give what it has', async t => {
  const lines = await linesOf(
    collector(
      'services',
      async function* ({signal}) {
        await new Promise(done => signal.addEventListener('abort', done, {once: true}));
        yield {file: 'services.json', body: '[', source: 'x', partial: {reason: 'timeout', detail: 'cut'}};
      },
      {timeoutMs: 30},
    ),
  );
  t.deepEqual(told(lines), [['services', '[', 'cut']]);
});

test('an error after the deadline is a timeout', async t => {
  const lines = await linesOf(
    collector(
      'services',
      async function* ({signal}) {
        await sleep(10_000, undefined, {signal});
        yield file('services.json', '[]');
      },
      {timeoutMs: 30},
    ),
  );
  t.deepEqual(told(lines), [['services', 'timeout', 'no answer within 30 ms']]);
});

test('a reader that is slow costs a collector none of its time', async t => {
  const [planned] = plan(
    'windows',
    [
      collector(
        'eventlog',
        async function* () {
          for (const name of ['A', 'B', 'C', 'D']) yield file(`eventlog/${name}.xml`, '');
        },
        {timeoutMs: 200},
      ),
    ],
    ['eventlog'],
  ).run;
  if (!planned) throw new Error('not planned');
  const oks: boolean[] = [];
  for await (const line of collectOne(planned, new AbortController().signal)) {
    oks.push(line.ok);
    await sleep(100);
  }
  t.deepEqual(oks, [true, true, true, true]);
});

test('when nobody wants the lines any more, the collector is told and the run throws', async t => {
  const leave = new AbortController();
  let told = false;
  const run = linesOf(
    collector('services', async function* ({signal}) {
      signal.addEventListener('abort', () => (told = true));
      yield* await new Promise<never[]>(() => undefined);
    }),
    leave.signal,
  );
  setTimeout(() => leave.abort(new Error('gone')), 20);
  await t.throwsAsync(run, {message: 'gone'});
  t.true(told);
});
