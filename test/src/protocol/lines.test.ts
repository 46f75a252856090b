import test from 'ava';
import * as fc from 'fast-check';
import {encodeLine} from '../../../agent/server/encode-line.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import {LineSplitter, LongLineError} from '../../../src/protocol/line-splitter.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {isFileOf, isNodeFile} from '../../../src/protocol/node-file.ts';
import {readCollectorLine} from '../../../src/protocol/read-line.ts';

const facts = {key: 'system', tookMs: 3, at: '2026-01-01T00:00:00.000Z', source: 'test'};
const bodies = fc.oneof(
  fc.string({unit: 'binary', maxLength: 300}),
  fc
    .tuple(fc.integer({min: 32_760, max: 32_770}), fc.string({unit: 'binary'}))
    .map(([n, end]) => 'x'.repeat(n) + end),
);
const lines: fc.Arbitrary<CollectorLine> = fc.oneof(
  bodies.map(body => ({
    ...facts,
    ok: true as const,
    file: 'system.json',
    bytes: Buffer.byteLength(body),
    body,
  })),
  fc.string().map(detail => ({...facts, ok: false as const, reason: 'denied' as const, detail})),
);

test('lines arrive as they were sent, wherever the stream is cut', t => {
  fc.assert(
    fc.property(fc.array(lines, {maxLength: 5}), fc.integer({min: 1, max: 5000}), (sent, size) => {
      const bytes = Buffer.concat(sent.flatMap(line => [...encodeLine(line)]));
      const splitter = new LineSplitter(1e6);
      const got: Array<CollectorLine | undefined> = [];
      for (let at = 0; at < bytes.length; at += size)
        for (const text of splitter.read(bytes.subarray(at, at + size))) got.push(readCollectorLine(text));
      t.deepEqual(got, sent);
      t.is(splitter.pending, 0);
    }),
  );
});

test('a cut through a pair of surrogates leaves the character whole', t => {
  const body = `${'x'.repeat(32 * 1024 - 1)}😀${'y'.repeat(10)}`;
  const line = {...facts, ok: true as const, file: 'system.json', bytes: Buffer.byteLength(body), body};
  t.deepEqual(readCollectorLine(Buffer.concat([...encodeLine(line)]).toString()), line);
});

test('a line beyond the limit is refused as soon as it is', t => {
  const splitter = new LineSplitter(10);
  t.deepEqual([...splitter.read(Buffer.from('0123456789\nabc'))], ['0123456789']);
  t.is(splitter.pending, 3);
  t.throws(() => [...splitter.read(Buffer.from('defghijk'))], {instanceOf: LongLineError});
});

test('any text is a line or none', t => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.anything().map(v => JSON.stringify(v) ?? ''),
      ),
      text => {
        const line = readCollectorLine(text);
        t.true(line === undefined || typeof line.key === 'string');
      },
    ),
  );
});

test('a line of a newer agent is understood as far as may be', t => {
  t.deepEqual(
    readCollectorLine(JSON.stringify({...facts, ok: false, reason: 'melted', detail: 'x', more: 1})),
    {
      ...facts,
      ok: false,
      reason: 'failed',
      detail: 'x',
    },
  );
  t.deepEqual(readCollectorLine('{"key":"k","ok":true,"file":"a.json","body":""}'), {
    key: 'k',
    tookMs: 0,
    at: '',
    source: '',
    ok: true,
    file: 'a.json',
    bytes: 0,
    body: '',
  });
});

test('a file of a lying agent never leaves its folder', t => {
  for (const file of [
    '',
    '/etc/passwd',
    '../x',
    'a/../x',
    'a//b',
    'a/',
    './a',
    'C:x',
    'a\\b',
    'a:b',
    'a\u0000',
    'a\n',
    'nul.',
    'a /b',
    'x'.repeat(401),
  ]) {
    t.false(isNodeFile(file), file);
    t.is(readCollectorLine(JSON.stringify({...facts, ok: true, file, body: ''})), undefined);
  }
  fc.assert(
    fc.property(fc.string({unit: fc.constantFrom('.', '/', '\\', 'a', ':', ' ')}), file => {
      if (isNodeFile(file)) t.false(/^\/|^\.\.?(\/|$)|\/\.\.?(\/|$)|[\\:]/.test(file));
    }),
  );
});

test('every file of the table is a plain path, and its collector may make it', t => {
  for (const spec of COLLECTORS)
    for (const pattern of spec.files) {
      const file = pattern.replaceAll('*', 'Microsoft-Windows-Hyper-V-Compute-Admin');
      t.true(isNodeFile(file) && isFileOf(spec, file), file);
    }
});
