import test from 'ava';
import {assert, json, property} from 'fast-check';
import type {ProbeLine} from '../../../../src/protocol/probes/lines.ts';
import {readProbeLine} from '../../../../src/protocol/probes/read-line.ts';

const LINE: ProbeLine = {
  id: 'full-name win-1 web',
  ok: false,
  way: 'compartment',
  error: 'name-not-found',
  detail: 'NXDOMAIN',
  tries: [{ms: 3.5, error: 'name-not-found'}, {ms: 2}],
  address: '10.0.0.1',
  http: {status: 503, certificate: ''},
  dns: [
    {server: '10.96.0.10', name: 'web.shop.svc', rcode: 'NXDOMAIN', addresses: [], truncated: true, ms: 3},
  ],
  mtu: {arrives: 1348, lost: 1349},
  listening: {port: 40_000},
  at: '2026-11-29T12:00:00.000Z',
};

test('a line is read as it was written', t => {
  t.deepEqual(readProbeLine(JSON.stringify(LINE)), LINE);
});

test('a newer agent may say more, and fail for reasons that are not known here', t => {
  const newer = {...LINE, error: 'struck-by-lightning', weather: 'bad'};
  t.deepEqual(readProbeLine(JSON.stringify(newer)), {...LINE, error: 'failed'});
});

test('what is no line is none', t => {
  for (const text of ['', '{', 'null', '[]', '{}', '{"id":"a"}', '{"id":"a","ok":true,"way":"telepathy"}'])
    t.is(readProbeLine(text), undefined);
});

test('whatever comes, reading does not throw', t => {
  assert(
    property(json(), text => {
      readProbeLine(text);
    }),
  );
  t.pass();
});
