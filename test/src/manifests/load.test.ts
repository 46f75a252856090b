import test from 'ava';
import * as fc from 'fast-check';
import unreadable from '../../../src/checks/pod/manifest-unreadable.ts';
import {judge} from '../../../src/checks/engine.ts';
import {loadManifests} from '../../../src/manifests/load.ts';
import type {Manifests} from '../../../src/manifests/load.ts';
import {buildReport} from '../../../src/report/build.ts';
import type {Finding} from '../../../src/report/report.ts';

const options = {now: '2026-09-01T12:00:00Z', name: 'stdin'};
const load = (text: string): Manifests => loadManifests([{name: 'a.yaml', text}], options);

function findings(text: string): Finding[] {
  const {snapshot, locate} = load(text);
  const run = {version: '0', timings: {collectMs: 0, judgeMs: 0}};
  return buildReport(snapshot, judge(snapshot, [unreadable]), run, locate).findings;
}

/** Owners of the workloads that a text holds. */
function owners(text: string): string[] {
  const {workloads} = load(text).snapshot.evidence;
  return workloads?.ok ? workloads.value.map(w => `${w.owner.kind}/${w.owner.metadata.name}`) : [];
}

const POD = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: c
    image: x
`;
const CRON = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c}]}}}}}
`;

test('every document of a stream is read', t => {
  t.deepEqual(owners(`${POD}---\n${CRON}---\n---\n# only a comment\n`), ['Pod/a', 'CronJob/nightly']);
});

test('items of a List are read one by one', t => {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p'}, spec: {containers: []}}, 7, null],
  });
  t.deepEqual(owners(text), ['Pod/p']);
});

test('two objects of one name are both judged', t => {
  t.deepEqual(owners(`${POD}---\n${POD}`), ['Pod/a', 'Pod/a']);
});

test('yes, on and a bare number are no strings, as for kubectl', t => {
  const text = POD.replace('image: x', 'image: x\n    env: [{name: A, value: yes}, {name: B, value: 1}]');
  const [finding] = findings(text);
  t.is(finding?.id, 'POD015');
  t.regex(finding?.message ?? '', /\/spec\/containers\/0\/env\/0\/value is true, a string is wanted/);
});

test('a time and a sexagesimal number stay strings, as for kubectl', t => {
  const text = POD.replace(
    'image: x',
    'image: x\n    env: [{name: A, value: 2020-01-01}, {name: B, value: 1:30}]',
  );
  t.deepEqual(findings(text), []);
});

test('a wrong type is found at its line and column', t => {
  const [finding] = findings(POD.replace('  - name: c', '  - name: c\n    ports: [{containerPort: "80"}]'));
  t.deepEqual(finding?.location, {file: 'a.yaml', line: 7, column: 14});
  t.deepEqual(finding?.evidence, [{at: 'a.yaml', pointer: '/spec/containers/0/ports/0/containerPort'}]);
});

test('null is no value for a number, but an empty map is one', t => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: {name: s, annotations: }\nspec:\n  ports:\n  - port:\n';
  t.deepEqual(
    findings(service).map(f => [f.message, f.location?.line]),
    [['/spec/ports/0/port is null, a whole number is wanted', 6]],
  );
});

test('broken YAML is one problem with its line, and the next document is still read', t => {
  const text = `a: [1\n---\n${POD}`;
  t.deepEqual(owners(text), ['Pod/a']);
  const found = findings(text);
  t.is(found.length, 1);
  t.is(found[0]?.location?.file, 'a.yaml');
  t.true((found[0]?.location?.line ?? 0) >= 1);
});

test('a duplicate key is found where it stands', t => {
  const [finding] = findings(POD.replace('kind: Pod', 'kind: Pod\nkind: Pod'));
  t.is(finding?.location?.line, 3);
});

test('an unrendered template is told to be rendered first', t => {
  const [finding] = findings(
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\nspec: {{- toYaml .x }}\n',
  );
  t.regex(finding?.message ?? '', /template/);
  t.regex(finding?.fix[0] ?? '', /helm template/);
});

test('what is no Kubernetes object is passed over with a note', t => {
  t.deepEqual(load('nodeSelector:\n  kubernetes.io/os: windows\n').notes, [
    'a.yaml:1: no Kubernetes object (it has no `kind`), passed over',
  ]);
  t.deepEqual(load('apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n').notes, [
    'no check reads 1 × ClusterConfig',
  ]);
});

test('a flood of aliases is refused', t => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((k, i) => `${k}: &${k} [${Array.from({length: 9}, () => `*${'abcdefgh'[i]}`).join(',')}]`)
    .join('\n')}\n`;
  t.is(findings(bomb).length, 1);
});

test('any text is read without a throw', t => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 300}), text => {
      load(text);
    }),
    {numRuns: 300},
  );
  t.pass();
});

test('any JSON is read without a throw', t => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('Pod', 'Deployment', 'Service', 'List'), (json, kind) => {
      load(
        `{"apiVersion": "v1", "kind": "${kind}", "metadata": ${json}, "spec": ${json}, "items": [${json}]}`,
      );
    }),
    {numRuns: 300},
  );
  t.pass();
});
