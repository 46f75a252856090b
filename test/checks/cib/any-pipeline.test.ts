import test from 'ava';
import * as fc from 'fast-check';
import {judge} from '../../../src/checks/engine.ts';
import {checks} from '../../../src/checks/cib/index.ts';
import {readPipelines} from '../../../src/manifests/pipeline.ts';
import {ciFarm, windowsPipeline} from '../../helpers/ci.ts';

const origin = {file: 'ci.yaml', document: 0, pointer: ''};
const problemsOf = (document: unknown): string[] => {
  const pipelines = readPipelines(document, origin);
  return judge(ciFarm().with('pipelines', pipelines).snapshot(), checks, 'ci-build').problems.map(
    p => p.detail,
  );
};

/** Values that people and generators put where others are wanted. */
const odd = fc.oneof(
  fc.jsonValue({maxDepth: 2}),
  fc.constantFrom('<+input>', '', null, [], {}, [null], {privileged: true}, 'Windows', 0),
);

test('no document makes the reader or a check throw', t => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 5}), value => {
      t.deepEqual(problemsOf({pipeline: value}), []);
      t.deepEqual(problemsOf({stages: value}), []);
      t.deepEqual(problemsOf({template: value}), []);
    }),
    {numRuns: 60},
  );
});

test('no setting of a stage makes a check throw, whatever stands there', t => {
  const names =
    'connectorRef namespace os nodeSelector tolerations labels volumes initTimeout runAsUser containerSecurityContext'.split(
      ' ',
    );
  fc.assert(
    fc.property(fc.constantFrom(...names), odd, (name, value) => {
      const pipelines = windowsPipeline(settings => (settings[name] = value));
      const snapshot = ciFarm().with('pipelines', pipelines).snapshot();
      t.deepEqual(judge(snapshot, checks, 'ci-build').problems, []);
    }),
    {numRuns: 150},
  );
});

test('no step makes a check throw', t => {
  fc.assert(
    fc.property(odd, odd, odd, (type, image, command) => {
      const pipelines = windowsPipeline((_, stage) => {
        stage.spec.execution.steps = [
          {step: {type, name: 'a', spec: {image, command, privileged: image}}},
          type,
        ];
      });
      const snapshot = ciFarm().with('pipelines', pipelines).snapshot();
      t.deepEqual(judge(snapshot, checks, 'ci-build').problems, []);
    }),
    {numRuns: 100},
  );
});

test('a script of a megabyte is judged in no time', t => {
  const command = `${'docker '.repeat(80_000)}\n${' '.repeat(400_000)}`;
  const pipelines = windowsPipeline((_, stage) => {
    stage.spec.execution.steps = [{step: {type: 'Run', spec: {command}}}];
  });
  const started = performance.now();
  judge(ciFarm().with('pipelines', pipelines).snapshot(), checks, 'ci-build');
  t.true(performance.now() - started < 1500);
});
