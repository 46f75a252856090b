import test from 'ava';
import {formatBytes, parseQuantity} from '../../../src/kube/quantity.ts';
import {lacking, podRequests} from '../../../src/kube/requests.ts';
import type {Container} from '../../../src/kube/types.ts';

test('quantities in every notation', t => {
  const cases: [string | number, number | undefined][] = [
    ['500m', 0.5],
    ['2', 2],
    [3, 3],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1Ki', 1024],
    ['2Gi', 2 ** 31],
    ['1k', 1000],
    ['1G', 1e9],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['100n', 1e-7],
    ['-1', -1],
    ['', undefined],
    ['1gi', undefined],
    ['1 Gi', undefined],
    ['Gi', undefined],
    ['1Gib', undefined],
  ];
  for (const [text, expected] of cases) t.is(parseQuantity(text), expected, String(text));
  t.is(parseQuantity(undefined), undefined);
});

test('bytes in the units of manifests', t => {
  t.is(formatBytes(2 ** 31), '2Gi');
  t.is(formatBytes(1.5 * 2 ** 30), '1.5Gi');
  t.is(formatBytes(512), '512');
});

const container = (cpu: string, more: Partial<Container> = {}): Container => ({
  name: 'c',
  resources: {requests: {cpu}},
  ...more,
});

const cpu = (spec: Parameters<typeof podRequests>[0]) => podRequests(spec).get('cpu');

test('a pod takes what all its containers take together, or its largest init container', t => {
  t.is(cpu({containers: [container('1'), container('2')]}), 3);
  t.is(cpu({containers: [container('1')], initContainers: [container('4'), container('2')]}), 4);
  const sidecar = container('1', {restartPolicy: 'Always'});
  t.is(cpu({containers: [container('1')], initContainers: [sidecar]}), 2);
  t.is(cpu({containers: [container('1')], initContainers: [sidecar, container('3')]}), 4);
  t.is(cpu({containers: [container('1')], initContainers: [container('3'), sidecar]}), 3);
  t.is(cpu({containers: [container('1')], overhead: {cpu: '250m'}}), 1.25);
  t.is(cpu({containers: [container('1')], resources: {requests: {cpu: '5'}}}), 5);
  t.is(cpu({containers: [{name: 'c', resources: {limits: {cpu: '2'}}}]}), 2);
  t.is(podRequests({containers: []}).get('pods'), 1);
});

test('what is lacking is named; what fits exactly is not', t => {
  const wants = new Map([
    ['cpu', 0.3],
    ['memory', 10],
    ['gpu', 1],
    ['none', 0],
  ]);
  t.deepEqual(
    lacking(
      wants,
      new Map([
        ['cpu', 0.1 + 0.2],
        ['memory', 9],
      ]),
    ),
    ['memory', 'gpu'],
  );
});
