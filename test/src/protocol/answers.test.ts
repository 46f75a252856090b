import test from 'ava';
import * as fc from 'fast-check';
import {readCapabilities, readErrorAnswer, readHealth, readVersion} from '../../../src/protocol/answers.ts';
import {isSourceId, logQuery, readLogRequest, readSources} from '../../../src/protocol/sources.ts';

const HEALTH = {status: 'ok', node: 'win-1', os: 'windows', boot: 'ab'.repeat(16), now: 1_790_000_000_000};

test('health is read, and what lacks a part of it is no agent', t => {
  t.deepEqual(readHealth({...HEALTH, more: 1}), {...HEALTH});
  for (const key of Object.keys(HEALTH)) t.is(readHealth({...HEALTH, [key]: null}), undefined);
  t.is(readHealth({...HEALTH, os: 'plan9'}), undefined);
  t.is(readHealth({...HEALTH, boot: 'a\nb'}), undefined);
  t.is(readHealth({...HEALTH, now: Infinity}), undefined);
});

test('what an older agent does not say about itself is taken as the least', t => {
  t.deepEqual(readCapabilities({os: 'linux'}), {
    protocol: {oldest: 1, newest: 1},
    os: 'linux',
    collectors: [],
    probes: [],
    redactionRules: false,
    limits: {snapshots: 1, logs: 1, bodyBytes: 0},
  });
  t.is(readCapabilities({}), undefined);
  t.deepEqual(readVersion({version: '1.0.0', os: 'windows'}), {
    version: '1.0.0',
    os: 'windows',
    runtime: '',
    architecture: '',
  });
});

test('anything at all is an answer or none', t => {
  fc.assert(
    fc.property(fc.anything(), value => {
      for (const read of [readHealth, readVersion, readCapabilities, readSources, readErrorAnswer])
        read(value);
    }),
  );
  t.pass();
});

test('a request for a log is read as it was written', t => {
  fc.assert(
    fc.property(
      fc.record(
        {
          source: fc.string({maxLength: 40}).filter(isSourceId),
          since: fc.nat(2 ** 41),
          tail: fc.nat(10_000_000),
          follow: fc.boolean(),
        },
        {requiredKeys: ['source', 'follow']},
      ),
      request => {
        const query = new Map(new URLSearchParams(logQuery(request)));
        t.deepEqual(readLogRequest(query), request);
      },
    ),
  );
});

test('sources that could be paths are left out', t => {
  const source = {kind: 'file', component: 'x', files: ['a', 1]};
  t.deepEqual(
    readSources({sources: [{...source, id: '../x'}, {...source, id: 'ok'}, 1, {id: 'y', kind: 'socket'}]}),
    [{id: 'ok', kind: 'file', component: 'x', files: ['a']}],
  );
});
