import test from 'ava';
import * as fc from 'fast-check';
import type {HnsKind} from '../../../src/hns/readings.ts';
import {HNS_FILES, HNS_READINGS} from '../../../src/hns/readings.ts';
import {joinGenerations} from '../../../src/hns/join-generations.ts';
import {hnsPlace} from '../../../src/hns/place.ts';
import {missObjects, objectsOf, takeObjects} from '../../../src/node/hns-objects.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import {garbage, spoil, changes} from '../../helpers/garbage.ts';
import {healthyHns} from '../../helpers/healthy-hns.ts';
import {at} from '../../helpers/proofs.ts';
import {valueOf} from '../../helpers/seen-on.ts';

const KINDS = Object.keys(HNS_READINGS) as HnsKind[];
const files = healthyHns('win-1', {namespace: 'shop', name: 'web-0'});

/** Evidence of one kind out of texts of its files, in the order given. */
function read(kind: HnsKind, texts: readonly (readonly [string | undefined, string])[]) {
  let answers: ReturnType<typeof takeObjects> | undefined;
  for (const [file, text] of texts)
    if (file !== undefined) answers = takeObjects(kind, answers, {file, text});
  return objectsOf(kind, answers ?? missObjects(undefined, kind, missing('failed', 'nothing came')));
}

const text = fc.oneof(
  garbage.map(value => JSON.stringify(value) ?? ''),
  fc.string({maxLength: 40}),
);

for (const kind of KINDS) {
  const {v1, v2} = HNS_FILES[kind];
  const whole = (file: string | undefined): string => (file === undefined ? '' : JSON.stringify(files[file]));

  test(`${kind}: whichever generation comes first, the objects are the same`, t => {
    fc.assert(
      fc.property(changes, changes, (ofV1, ofV2) => {
        const a = [v1, JSON.stringify(spoil(v1 === undefined ? [] : files[v1], ofV1))] as const;
        const b = [v2, JSON.stringify(spoil(files[v2], ofV2))] as const;
        t.deepEqual(read(kind, [a, b]), read(kind, [b, a]));
      }),
      {numRuns: 200},
    );
  });

  test(`${kind}: no answer makes the reader throw`, t => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        read(kind, [
          [v1, a],
          [v2, b],
        ]);
      }),
      {numRuns: 500},
    );
    t.pass();
  });

  test(`${kind}: an answer cut at any byte gives the objects before the cut, whole`, t => {
    const answer = whole(v2);
    const all = valueOf(read(kind, [[v2, answer]]));
    fc.assert(
      fc.property(fc.nat({max: Math.max(answer.length - 1, 0)}), length => {
        const found = read(kind, [[v2, answer.slice(0, length)]]);
        t.deepEqual(found.ok ? found.value : [], all.slice(0, found.ok ? found.value.length : 0));
        t.true(!found.ok || found.partial !== undefined);
      }),
      {numRuns: 200},
    );
  });
}

for (const kind of ['endpoints', 'loadbalancers'] as const) {
  const {v1 = '', v2} = HNS_FILES[kind];
  const guid = fc
    .constantFrom('', '1', '2', '3', '4')
    .map(n => (n === '' ? n : `a0000001-0000-0000-0000-00000000000${n}`));
  const answer = fc.array(
    guid.map(ID => ({ID, State: 2, Name: ID, Policies: []})),
    {maxLength: 8},
  );

  test(`${kind}: answers in the same order are joined as answers in any other are`, t => {
    fc.assert(
      fc.property(answer, answer, (ofV2, ofV1) => {
        const pairs = (first: object[]) =>
          valueOf(
            read(kind, [
              [v2, JSON.stringify([...first, ...ofV2])],
              [v1, JSON.stringify(ofV1)],
            ]),
          )
            .map(o => [o.id, o.at.v2 === undefined ? undefined : o.at.v2 - first.length, o.at.v1])
            .slice(first.length);
        // Behind one that nothing joins, no two stand at the same place.
        t.deepEqual(pairs([{ID: 'another'}]), pairs([]));
      }),
      {numRuns: 500},
    );
  });
}

test('of several objects with one GUID the first joins the first', t => {
  const id = '0b0f5a5e-7a3b-4c11-9d5b-2f1d6f7a0001';
  const found = valueOf(
    read('endpoints', [
      ['hns/endpoints.json', JSON.stringify([{ID: id}, {ID: id.toUpperCase()}, {ID: `{${id}}`}])],
      [
        'hns/v1-endpoints.json',
        JSON.stringify([
          {ID: id, State: 1},
          {ID: id, State: 2},
        ]),
      ],
    ]),
  );
  t.deepEqual(
    found.map(e => [e.at, 'state' in e && e.state]),
    [
      [{v2: 0, v1: 0}, 1],
      [{v2: 1, v1: 1}, 2],
      [{v2: 2}, false],
    ],
  );
});

test('objects without a GUID are joined with none', t => {
  const found = valueOf(
    read('networks', [
      ['hns/networks.json', '[{"Name": "a"}]'],
      ['hns/v1-networks.json', '[{"Name": "a"}]'],
    ]),
  );
  t.is(found.length, 2);
});

test('a field that v2 does not have is taken of v1, and stands there', t => {
  const id = '0b0f5a5e-7a3b-4c11-9d5b-2f1d6f7a0001';
  const v2 = HNS_READINGS.endpoints.read({ID: id, Policies: []}, {v2: 4});
  const v1 = HNS_READINGS.endpoints.read({ID: id, IPAddress: '10.0.0.7', Policies: [{Type: 'PA'}]}, {v1: 9});
  const [joined] = joinGenerations(v2 ? [v2] : [], v1 ? [v1] : [], HNS_READINGS.endpoints);
  t.like(joined, {ips: ['10.0.0.7'], at: {v2: 4, v1: 9, fromV1: ['ips', 'policies']}});
  t.deepEqual(joined && hnsPlace('endpoints', joined, 'policies', 0), {
    file: 'hns/v1-endpoints.json',
    pointer: '/9/Policies/0',
  });
  t.deepEqual(joined && hnsPlace('endpoints', joined, 'mac'), {
    file: 'hns/endpoints.json',
    pointer: '/4/MacAddress',
  });
});

/** Fields that both healthy answers show, and what must stand at their places. */
const PLACES: [HnsKind, string, unknown][] = [
  ['networks', 'state', 1],
  ['networks', 'managementIps', '192.168.10.11'],
  ['networks', 'name', 'flannel.4096'],
  ['networks', 'extensions', files['hns/v1-networks.json'][0].Extensions],
  ['networks', 'mtu', files['hns/v1-networks.json'][0].Resources.Allocators],
  ['endpoints', 'state', 3],
  ['endpoints', 'ips', files['hns/endpoints.json'][0].IpConfigurations],
  ['endpoints', 'gateways', files['hns/endpoints.json'][0].Routes],
  ['endpoints', 'sharedContainers', files['hns/v1-endpoints.json'][0].SharedContainers],
  ['namespaces', 'state', 1],
  ['namespaces', 'compartment', 1],
  ['loadbalancers', 'vips', ['10.96.0.10']],
  ['loadbalancers', 'state', 2],
];

for (const [kind, name, expected] of PLACES) {
  test(`the place of a healthy node's ${kind} ${name} holds it`, t => {
    const {v1, v2} = HNS_FILES[kind];
    const [object] = valueOf(
      read(kind, [
        [v2, JSON.stringify(files[v2])],
        [v1, JSON.stringify(v1 === undefined ? [] : files[v1])],
      ]),
    );
    // The table above names fields of each kind.
    const {file, pointer} = hnsPlace(kind, object as never, name as never);
    t.deepEqual(at(files[file], pointer), expected);
  });
}
