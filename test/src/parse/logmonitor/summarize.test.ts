import test from 'ava';
import {array, assert, nat, property, uint8Array} from 'fast-check';
import {LogSummarizer} from '../../../../src/parse/logmonitor/summarize.ts';
import type {LogSummary} from '../../../../src/logs/summary.ts';
import {FILE_LINE, ownLine} from '../../../helpers/pod-logs.ts';

function summary(...pieces: (string | Uint8Array)[]): LogSummary {
  const summarizer = new LogSummarizer();
  for (const piece of pieces) summarizer.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return summarizer.end(false);
}

const LOG = `${ownLine('INFO', 'Waiting for A event channel to be enabled')}${ownLine('ERROR', 'B. Error: 5')}${FILE_LINE}${FILE_LINE}2026-09-01T11:00:02Z plain\n`;

test('sources are counted with the time of their last record, as the runtime received it', t => {
  const {records, spoken, family, sources, bytes, cut} = summary(LOG);
  t.is(records, 5);
  t.is(spoken, 3);
  t.is(family, '2.1');
  t.is(bytes, Buffer.byteLength(LOG));
  t.false(cut);
  t.deepEqual(sources, {
    Monitor: {count: 2, last: '2026-09-01T11:00:00.123Z'},
    File: {count: 2, last: '2026-09-01T11:00:01.123Z'},
    Raw: {count: 1, last: '2026-09-01T11:00:02Z'},
  });
});

test('what LogMonitor says of itself is kept once, with how often it said so', t => {
  const {own} = summary(LOG, LOG);
  const at = '2026-09-01T11:00:00.000Z';
  t.deepEqual(own, [
    {
      level: 'Information',
      message: 'Waiting for A event channel to be enabled',
      count: 2,
      first: at,
      last: at,
    },
    {level: 'Error', message: 'B. Error: 5', count: 2, first: at, last: at},
  ]);
});

test('an empty log comes to nothing', t => {
  const {records, bytes, sources, own, family} = summary();
  t.deepEqual(
    {records, bytes, sources, own, family},
    {records: 0, bytes: 0, sources: {}, own: [], family: null},
  );
});

test('credentials in what LogMonitor says are masked', t => {
  const {own} = summary(ownLine('ERROR', 'Failed. password=hunter2'));
  t.false(own[0]?.message.includes('hunter2'));
});

test('so many different lines of its own are kept, and no more', t => {
  const lines = Array.from({length: 500}, (_, i) => ownLine('ERROR', `Failed: ${i}`)).join('');
  t.is(summary(lines).own.length, 64);
});

test('it comes to the same however the bytes are cut, and any bytes come to something', t => {
  assert(
    property(uint8Array({maxLength: 200}), array(nat({max: 600}), {maxLength: 6}), (noise, cuts) => {
      const all = Buffer.concat([Buffer.from(LOG), noise, Buffer.from(`\n${LOG}`)]);
      const at = [0, ...cuts.map(cut => Math.min(cut, all.length)), all.length].sort((a, b) => a - b);
      const pieces = at.slice(1).map((end, i) => all.subarray(at[i], end));
      t.deepEqual(summary(...pieces), summary(all));
    }),
  );
});

function plainLine(n: number, text: string): string {
  return `2026-09-01T11:00:${String(n).padStart(2, '0')}Z ${text} ${n}\n`;
}

test('the last lines are kept, and the last errors before them, in order and without secrets', t => {
  const errors = Array.from({length: 12}, (_, n) => plainLine(n, 'ERROR: disk'));
  const others = Array.from({length: 30}, (_, n) => plainLine(n + 12, `GET é password=hunter2`));
  const {last} = summary(errors.join(''), ownLine('ERROR', 'no'), others.join(''));
  t.is(last.length, 20);
  t.deepEqual(
    last.slice(0, 8).map(({message}) => message),
    Array.from({length: 8}, (_, n) => `ERROR: disk ${n + 4}`),
  );
  t.like(last[7], {time: '2026-09-01T11:00:11Z', level: 'Error', source: 'Raw'});
  t.true(last.slice(8).every(({message}) => message.startsWith('GET é ') && !message.includes('hunter2')));
});

test('text of LogMonitor that is not ASCII is told as it is', t => {
  t.is(summary(ownLine('ERROR', 'Verzeichnis für é')).own[0]?.message, 'Verzeichnis für é');
});
