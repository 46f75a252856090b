import test from 'ava';
import {parse} from 'yaml';
import {isExpression, readPipelines} from '../../../src/manifests/pipeline.ts';
import type {Pipeline} from '../../../src/manifests/pipeline.ts';

const origin = {file: 'ci.yaml', document: 0, pointer: ''};
const read = (text: string): Pipeline[] => readPipelines(parse(text), origin);
const stagesOf = (text: string) => read(text).flatMap(p => p.pipeline.stages);

const infrastructure = `
          infrastructure:
            type: KubernetesDirect
            spec: {connectorRef: farm, namespace: builds, os: Windows}`;

test('a pipeline document gives its identity, its stages and their steps', t => {
  const [pipeline, ...more] = read(`
pipeline:
  name: Store
  identifier: store
  orgIdentifier: default
  projectIdentifier: shop
  stages:
    - stage:
        name: Build
        identifier: build
        type: CI
        spec:${infrastructure}
          execution:
            steps:
              - step: {type: Run, name: hello, identifier: hello, spec: {image: a}}
`);
  t.deepEqual(more, []);
  t.is(pipeline?.kind, 'Pipeline');
  t.is(pipeline?.metadata.name, 'store');
  t.is(pipeline?.pipeline.orgIdentifier, 'default');
  t.deepEqual(pipeline?.pipeline.stages, [
    {
      pointer: '/pipeline/stages/0/stage',
      name: 'Build',
      identifier: 'build',
      infrastructure: {
        pointer: '/pipeline/stages/0/stage/spec/infrastructure',
        borrowed: false,
        type: 'KubernetesDirect',
        spec: {connectorRef: 'farm', namespace: 'builds', os: 'Windows'},
      },
      steps: [
        {
          pointer: '/pipeline/stages/0/stage/spec/execution/steps/0/step',
          type: 'Run',
          name: 'hello',
          identifier: 'hello',
          spec: {image: 'a'},
        },
      ],
    },
  ]);
});

test('a bare list of stages is a pipeline named by its file', t => {
  const [pipeline] = read(`
  stages:
    - stage:
        name: build
        spec:${infrastructure}
`);
  t.is(pipeline?.metadata.name, 'ci.yaml');
  t.deepEqual(
    pipeline?.pipeline.stages.map(s => s.pointer),
    ['/stages/0/stage'],
  );
});

test('parallel stages, parallel steps, step groups and groups in groups are all found', t => {
  const stages = stagesOf(`
pipeline:
  stages:
    - parallel:
        - stage:
            identifier: a
            spec: {infrastructure: {type: KubernetesDirect, spec: {}}}
        - stage:
            identifier: b
            spec:
              infrastructure: {type: KubernetesDirect, spec: {}}
              execution:
                steps:
                  - parallel:
                      - step: {identifier: one}
                      - stepGroup:
                          steps:
                            - step: {identifier: two}
                            - stepGroup: {steps: [{step: {identifier: three}}]}
                  - step: {identifier: four, template: {templateRef: shared}}
`);
  t.deepEqual(
    stages.map(s => s.pointer),
    ['/pipeline/stages/0/parallel/0/stage', '/pipeline/stages/0/parallel/1/stage'],
  );
  const steps = '/pipeline/stages/0/parallel/1/stage/spec/execution/steps';
  t.deepEqual(stages[1]?.steps, [
    {pointer: `${steps}/0/parallel/0/step`, identifier: 'one'},
    {pointer: `${steps}/0/parallel/1/stepGroup/steps/0/step`, identifier: 'two'},
    {pointer: `${steps}/0/parallel/1/stepGroup/steps/1/stepGroup/steps/0/step`, identifier: 'three'},
    {pointer: `${steps}/1/step`, identifier: 'four'},
  ]);
});

test('a stage that borrows its infrastructure has the block of the lender, marked', t => {
  const [first, second] = stagesOf(`
pipeline:
  stages:
    - stage: {identifier: a, spec: {infrastructure: {type: KubernetesDirect, spec: {os: Windows}}}}
    - stage: {identifier: b, spec: {infrastructure: {useFromStage: a}}}
`);
  t.false(first?.infrastructure.borrowed);
  t.deepEqual(second?.infrastructure, {
    pointer: '/pipeline/stages/0/stage/spec/infrastructure',
    borrowed: true,
    type: 'KubernetesDirect',
    spec: {os: 'Windows'},
  });
});

test('stages of other infrastructures, of templates and of runtime inputs are left out', t => {
  const text = `
pipeline:
  stages:
    - stage: {identifier: cloud, spec: {runtime: {type: Cloud, spec: {}}, platform: {os: Windows}}}
    - stage: {identifier: vm, spec: {infrastructure: {type: VM, spec: {}}}}
    - stage: {identifier: shared, template: {templateRef: build, versionLabel: v1}}
    - stage: {identifier: asked, spec: {infrastructure: <+input>}}
    - stage: {identifier: lost, spec: {infrastructure: {useFromStage: nobody}}}
`;
  t.is(read(text).length, 1);
  t.deepEqual(stagesOf(text), []);
});

test('an infrastructure without its type is still seen for what it is', t => {
  t.is(stagesOf('pipeline: {stages: [{stage: {spec: {infrastructure: {spec: {namespace: a}}}}}]}').length, 1);
});

test('templates of a stage and of a pipeline are read', t => {
  const stage = 'spec: {infrastructure: {type: KubernetesDirect, spec: {}}}';
  t.deepEqual(
    stagesOf(`template: {identifier: t, type: Stage, spec: {type: CI, ${stage}}}`).map(s => s.pointer),
    ['/template/spec'],
  );
  t.deepEqual(
    stagesOf(`template: {type: Pipeline, spec: {stages: [{stage: {${stage}}}]}}`).map(s => s.pointer),
    ['/template/spec/stages/0/stage'],
  );
});

test('what is no pipeline of ours gives none', t => {
  for (const value of [
    undefined,
    null,
    7,
    'stages',
    [],
    {},
    {stages: ['build', 'test']},
    {stages: [{stage: 'a'}]},
  ]) {
    t.deepEqual(readPipelines(value, origin), []);
  }
  t.deepEqual(readPipelines({kind: 'Deployment', pipeline: {stages: []}}, origin), []);
});

test('broken shapes cost their own part only', t => {
  t.deepEqual(stagesOf('pipeline: {stages: {a: 1}}'), []);
  const [stage] = stagesOf(`
pipeline:
  stages:
    - null
    - stage: {name: 7, spec: {infrastructure: {type: KubernetesDirect, spec: <+input>}, execution: {steps: [1, {step: 2}]}}}
`);
  t.deepEqual(stage, {
    pointer: '/pipeline/stages/1/stage',
    infrastructure: {
      pointer: '/pipeline/stages/1/stage/spec/infrastructure',
      borrowed: false,
      type: 'KubernetesDirect',
    },
    steps: [],
  });
});

test('nesting without end is cut', t => {
  let steps: unknown = [{step: {identifier: 'deep'}}];
  for (let i = 0; i < 5000; i++) steps = [{stepGroup: {steps}}];
  const stage = {spec: {infrastructure: {type: 'KubernetesDirect', spec: {}}, execution: {steps}}};
  t.deepEqual(readPipelines({pipeline: {stages: [{stage}]}}, origin)[0]?.pipeline.stages[0]?.steps, []);
});

test('runtime inputs and expressions are known as such', t => {
  t.true(isExpression('<+input>'));
  t.true(isExpression('build-<+pipeline.sequenceId>'));
  t.false(isExpression('$CONNECTOR'));
  t.false(isExpression(true));
});
