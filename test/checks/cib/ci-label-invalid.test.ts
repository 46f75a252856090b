import check from '../../../src/checks/cib/ci-label-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {withPipeline} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';

const labelled = (labels: object) => withPipeline(settings => (settings.labels = labels));
const custom = {severity: 'error' as const, subjects: ['Pipeline//store'], cause: 'custom-label'};

checkCases({
  check,
  finds: {
    'a value that the printed expression takes and Kubernetes refuses': () => [
      labelled({team: 'a]b'}),
      custom,
    ],
    'a value of 64 characters': () => [labelled({team: 'x'.repeat(64)}), {...custom, says: /64 characters/}],
    'a value that ends in a dash': () => [labelled({team: 'red-'}), custom],
    'a key with a space': () => [labelled({'my team': 'red'}), custom],
    'a key whose prefix is no DNS name': () => [labelled({'My_Corp/team': 'red'}), custom],
    'a stage name with spaces, whose label CI leaves out': () => [
      withPipeline((_, stage) => (stage.name = 'Build and Test')),
      {
        severity: 'warning',
        subjects: ['Pipeline//store'],
        says: /stageName.*Build and Test/,
        cause: 'added-label',
      },
    ],
  },
  passes: {
    'names and identifiers as people write them': () => withPipeline(),
    'values that the printed expression refuses and Kubernetes takes': () =>
      labelled({a: 'my-stage', b: 'x', c: ''}),
    'a value of 63 characters': () => labelled({team: 'x'.repeat(63)}),
    'a prefixed key': () => labelled({'ci.example.com/team': 'red'}),
    'numbers and switches become text': () => labelled({retries: 3, nightly: true}),
    'values that the run will tell': () => labelled({build: 'b-<+pipeline.sequenceId>'}),
    'a name that the run will tell': () => withPipeline((_, stage) => (stage.name = 'Build <+input>')),
  },
  unknown: {'no pipeline was given': () => [healthy(), 'pipelines']},
});
