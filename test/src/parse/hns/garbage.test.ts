import test from 'ava';
import * as fc from 'fast-check';
import type {HnsKind} from '../../../../src/hns/readings.ts';
import {HNS_READINGS} from '../../../../src/hns/readings.ts';
import {readHnsText} from '../../../../src/parse/hns/read-text.ts';
import {hostileText} from '../../../helpers/garbage.ts';
import {healthyHns} from '../../../helpers/healthy-hns.ts';

const ID = '0b0f5a5e-7a3b-4c11-9d5b-2f1d6f7a0001';
/** Pieces of every form, to be put together in any order. */
const piece = fc.oneof(
  hostileText,
  fc.string({unit: 'binary', maxLength: 20}),
  fc.constantFrom(
    `ID : ${ID}\n`,
    'Policies : {@{Type=PA; PA=10.0.0.1}}\n',
    'Policies : {@{Type=PA; ',
    'State : ',
    '{"ID": "',
    '{"a":',
    '[',
    '{',
    '}',
    ']',
    '@{',
    '...',
    '…',
    'System.Object[]',
    '---- --\n',
    'Name ID\n',
    `Ethernet ${ID} cbr0\n`,
    `${ID} | 10.96.0.1 | ${ID}\n`,
    `Load Balancer : ${ID}\n`,
    '  Virtual IPs : 10.96.0.1\n',
    '\n',
    '\r',
    '\u00A0',
    '\uFEFF',
    ': ',
    ' : ',
  ),
);

function readAll(text: string): void {
  for (const {kind, raw} of readHnsText(text).objects) if (kind) HNS_READINGS[kind].read(raw, {v1: 0});
}

test('no text makes the readers throw', t => {
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 30}), pieces => {
      readAll(pieces.join(''));
    }),
    {numRuns: 2000},
  );
  t.pass();
});

test('a text of brackets only is read in time that its length bounds', t => {
  for (const open of ['[', '{"a":', '{', '@{', 'X : {', '[{"a":[', '{@{a={'])
    t.notThrows(() => readAll(open.repeat(20_000)), open);
});

const FILES: [string, HnsKind][] = [
  ['hns/v1-endpoints.json', 'endpoints'],
  ['hns/loadbalancers.json', 'loadbalancers'],
  ['hns/v1-networks.json', 'networks'],
  ['hns/namespaces.json', 'namespaces'],
];
const files = healthyHns('win-1', {namespace: 'shop', name: 'web-0'});

for (const [file, kind] of FILES) {
  const whole = JSON.stringify(files[file], null, 1);
  const objects = readHnsText(whole).objects.map(o => o.raw);

  test(`${file} cut at any byte gives the objects before the cut, and says that it breaks off`, t => {
    fc.assert(
      fc.property(fc.nat({max: whole.length - 1}), length => {
        const read = readHnsText(whole.slice(0, length));
        const before = read.objects.slice(0, -1);
        t.deepEqual(
          before.map(o => o.raw),
          objects.slice(0, before.length),
        );
        if (length > 0) t.true(read.cuts.some(c => c.why === 'ended'));
      }),
      {numRuns: 300},
    );
  });

  test(`${file} gives the same as text and as JSON`, t => {
    t.deepEqual(
      readHnsText(whole).objects.map(o => [o.kind, JSON.stringify(o.raw)]),
      objects.map((_, i) => [kind, whole && JSON.stringify(objects[i])]),
    );
    t.is(objects.length, files[file].length);
  });
}
