import test from 'ava';
import type {Probing} from '../../../src/probes/evidence.ts';
import {lineOfProbe, readProbing, writeProbing} from '../../../src/probes/file.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import {fleetOf} from '../../helpers/fleet.ts';

function probing(): Probing {
  const plan = planProbes(fleetOf(4), {targets: [{host: 'example.test', port: 443, protocol: 'https'}]});
  const results = plan.probes.slice(2).map((p, i) => ({
    probe: p.id,
    ok: i % 3 > 0,
    ...(i % 3 === 0 && {error: 'timed-out' as const, detail: 'no answer within 2 s'}),
    ...(i % 3 > 0 && {ms: 1.5, slowestMs: 3}),
    tries: 3,
    lost: i % 3 === 0 ? 3 : 0,
    way: 'netns' as const,
    at: '2026-09-01T12:00:00Z',
  }));
  const losses = [{node: 'win-0', reason: 'failed' as const, detail: 'the agent went away', probes: 2}];
  return {plan: {...plan, gaps: [{leg: 'cluster-ip', node: 'win-0', detail: 'no pod'}]}, results, losses};
}

test('what is written is read again', t => {
  const written = probing();
  t.deepEqual(readProbing(writeProbing(written)), {ok: true, value: written});
});

test('each probe stands on the line that is told of it', t => {
  const written = probing();
  const lines = writeProbing(written).split('\n');
  for (const [i, {id}] of written.plan.probes.entries())
    t.is(JSON.parse(lines[lineOfProbe(i) - 1] ?? '').id, id);
});

test('a file that was cut keeps what is whole, and says that it is not all', t => {
  const text = writeProbing(probing());
  const read = readProbing(text.slice(0, text.length / 2));
  t.true(read.ok && read.value.plan.probes.length > 0);
  t.regex((read.ok && read.partial?.detail) || '', /has \d+ of \d+ probes/);
});

test('a file that was cut after its probes is not taken for whole either', t => {
  const text = writeProbing(probing());
  const read = readProbing(text.slice(0, -5));
  t.true(read.ok && read.value.losses.length === 0);
  t.regex((read.ok && read.partial?.detail) || '', /is cut short/);
});

test('what is no such file is said to be none', t => {
  for (const text of ['', '{}', 'x', '[1]', '{"kind":"Other"}\n'])
    t.like(readProbing(text), {ok: false, reason: 'failed'});
});

test('lines that are no probes are left out', t => {
  const [head = '', ...rest] = writeProbing(probing()).split('\n');
  const strange = ['{"id":1}', '{"id":"a","leg":"x"}', 'null', '{"result":{}}', '{"gap":{"leg":"?"}}'];
  t.deepEqual(readProbing([head, ...strange, ...rest].join('\n')), readProbing([head, ...rest].join('\n')));
});
