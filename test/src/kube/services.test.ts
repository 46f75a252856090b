import test from 'ava';
import {Selection, usableEndpoints} from '../../../src/kube/services.ts';
import type {EndpointSlice, Service} from '../../../src/kube/types.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {healthy} from '../../helpers/cluster.ts';
import {windowsPodSpec, workload} from '../../helpers/raw-pods.ts';

const slice = (...conditions: object[]): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {name: 's'},
  endpoints: conditions.map(c => ({addresses: ['192.0.2.1'], conditions: c})),
});

const service = (selector: Record<string, string>, namespace = 'shop'): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {namespace, name: 's'},
  spec: {selector},
  status: {},
});

test('ready endpoints are used, and those that end only where none is ready', t => {
  const ready = {ready: true};
  const ending = {ready: false, serving: true, terminating: true};
  t.is(usableEndpoints([slice(ready, ending)]).length, 1);
  t.is(usableEndpoints([slice(ending), slice({ready: false})]).length, 1);
  t.is(usableEndpoints([slice({})]).length, 1, 'no condition means ready');
  t.is(usableEndpoints([slice({ready: false, serving: true})]).length, 0);
  t.is(usableEndpoints([]).length, 0);
});

test('a Service selects by all of its labels, in its own namespace', t => {
  const cluster = healthy().add(
    ...workload('Deployment', {namespace: 'other', name: 'web'}, windowsPodSpec(), ['win-1']),
  );
  const evidence = evidenceOf(cluster.snapshot(), 'workloads');
  const workloads = evidence.ok ? evidence.value : [];
  const picks = (s: Service): string[] =>
    new Selection(workloads, [s])
      .of(s)
      .map(b => `${b.workload.owner.metadata.namespace}/${b.workload.owner.metadata.name}:${b.pods.length}`);
  t.deepEqual(picks(service({app: 'web'})), ['shop/web:2']);
  t.deepEqual(picks(service({app: 'web', 'pod-template-hash': '5d4f8c7b9'})), ['shop/web:2']);
  t.deepEqual(picks(service({app: 'web', tier: 'front'})), []);
  t.deepEqual(picks(service({app: 'web'}, 'other')), ['other/web:1']);
  t.deepEqual(picks(service({})), []);
  t.deepEqual(picks(service({constructor: 'x'})), []);
});
