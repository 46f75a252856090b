import test from 'ava';
import {assert, jsonValue, property} from 'fast-check';
import {fieldChanges} from '../../../src/bundle-diff/values.ts';

test('fields are compared by their paths, named things by their names', t => {
  const before = {
    spec: {
      replicas: 3,
      containers: [
        {name: 'a', image: 'x:1'},
        {name: 'b', image: 'y:1'},
      ],
    },
  };
  const after = {
    spec: {
      replicas: 5,
      containers: [
        {name: 'b', image: 'y:2'},
        {name: 'a', image: 'x:1'},
      ],
    },
  };
  t.deepEqual(fieldChanges(before, after), [
    {path: 'spec.containers[b].image', before: 'y:1', after: 'y:2'},
    {path: 'spec.replicas', before: '3', after: '5'},
  ]);
});

test('what comes and goes has one side, lists without names are one value', t => {
  t.deepEqual(fieldChanges({a: {'x/y': '1'}, l: [1, 2]}, {a: {'x/y': '1', 'n.o': 'z'}, l: [2, 1]}), [
    {path: 'a[n.o]', before: null, after: 'z'},
    {path: 'l', before: '[1,2]', after: '[2,1]'},
  ]);
});

const heartbeat = (at: string, version: string): object => ({
  metadata: {resourceVersion: version, annotations: {'deployment.kubernetes.io/revision': version}},
  status: {conditions: [{type: 'Ready', status: 'True', lastHeartbeatTime: at}]},
});

test('what changes by itself is no change', t => {
  t.deepEqual(fieldChanges(heartbeat('a', '1'), heartbeat('b', '2')), []);
});

test('a long value is cut, and still seen to differ at its end', t => {
  const [found] = fieldChanges({data: 'x'.repeat(5000)}, {data: `${'x'.repeat(5000)}y`});
  t.is(found?.before?.length, 201);
});

const flipped = (a: unknown, b: unknown): object[] =>
  fieldChanges(b, a).map(({path, before, after}) => ({path, before: after, after: before}));

const byPath = (list: object[]): string[] => list.map(o => JSON.stringify(o)).sort();

test('a value has no difference from itself, and one from any other is told from both sides', t => {
  assert(
    property(jsonValue(), jsonValue(), (a, b) => {
      t.deepEqual(fieldChanges(a, structuredClone(a)), []);
      t.deepEqual(byPath(fieldChanges(a, b)), byPath(flipped(a, b)));
    }),
  );
});
