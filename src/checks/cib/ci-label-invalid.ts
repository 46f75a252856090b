import {escapePointer, isRecord} from '../../kube/shape.ts';
import type {Pipeline} from '../../manifests/pipeline.ts';
import {isExpression} from '../../manifests/pipeline.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failSetting, owningStagesOf, stageName, stagesOf} from './shared/stages.ts';

/** `k8s.io/apimachinery/pkg/api/validate/content`: label values and the name part of label keys. */
const MAX_LENGTH = 63;
const MAX_PREFIX = 253;
const NAME = /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export default defineCheck({
  id: 'CIB009',
  name: 'ci-label-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'A label of a build stage is none that Kubernetes takes',
  evidence: ['M'],
  needs: ['pipelines'],
  docs: {
    what: "Holds the labels of a stage's infrastructure, and those that CI adds out of names and identifiers (`stageName`, `stageID`, `pipelineID`, `projectID`, `orgID`), against Kubernetes' own rule: at most 63 characters, letters and digits with `-`, `_` and `.` inside. The guide prints a regular expression instead that is wrong twice: read as it stands, `\\\\-_` is a range, so that it refuses `my-stage` and takes `a]b`; and it refuses a single letter and sets no length.",
    why: 'The API server refuses a pod with a wrong label. A label that CI adds is left out instead, so that `kubectl get pods -l stageName=…` finds nothing.',
    fix: [
      'Shorten the value, and replace spaces and other characters with `-`, `_` or `.`.',
      'A label that CI adds follows the name of the stage: rename the stage, or select by `stageID`, which is always valid.',
    ],
    links: [
      BUILD_INFRASTRUCTURE,
      'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
    ],
  },
  *run({pipelines}): Iterable<Outcome> {
    if (pipelines.length === 0) yield skip('there is no pipeline');
    const stages = stagesOf(collected(pipelines));
    for (const place of owningStagesOf(stages)) yield* judgeCustom(place);
    for (const pipeline of pipelines) yield* judgeAdded(pipeline);
  },
});

function* judgeCustom(place: StagePlace): Iterable<Outcome> {
  const {labels} = place.settings;
  if (!isRecord(labels)) return;
  for (const [key, value] of Object.entries(labels)) {
    if (isExpression(key) || isExpression(value)) continue;
    const fault = keyFault(key) ?? valueFault(value);
    if (!fault) {
      yield pass(place.pipeline);
      continue;
    }
    yield failSetting(place, `/labels/${escapePointer(key)}`, {
      cause: 'custom-label',
      message: `stage "${stageName(place)}" sets the label \`${key}: ${String(value)}\`, which ${fault}`,
      value,
    });
  }
}

/** Labels that CI makes of the pipeline itself. */
function* judgeAdded(pipeline: Pipeline): Iterable<Outcome> {
  const {identifier, orgIdentifier, projectIdentifier, stages} = pipeline.pipeline;
  const added: [string, string | undefined, string][] = [
    ['pipelineID', identifier, '/pipeline/identifier'],
    ['orgID', orgIdentifier, '/pipeline/orgIdentifier'],
    ['projectID', projectIdentifier, '/pipeline/projectIdentifier'],
    ...stages.flatMap((stage): [string, string | undefined, string][] => [
      ['stageName', stage.name, `${stage.pointer}/name`],
      ['stageID', stage.identifier, `${stage.pointer}/identifier`],
    ]),
  ];
  for (const [label, value, pointer] of added) {
    if (value === undefined || isExpression(value)) continue;
    const fault = valueFault(value);
    if (!fault) {
      yield pass(pipeline);
      continue;
    }
    yield fail(pipeline, {
      severity: 'warning',
      cause: 'added-label',
      message: `the label \`${label}\` cannot take the value "${value}", which ${fault}, so CI leaves it out`,
      evidence: [ref(pipeline, pointer, value)],
    });
  }
}

function keyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && (prefix.length > MAX_PREFIX || !PREFIX.test(prefix)))
    return 'has a key whose prefix is no DNS name';
  if (name.length > MAX_LENGTH) return `has a key of ${name.length} characters, more than ${MAX_LENGTH}`;
  return NAME.test(name) ? undefined : 'has a key with characters that Kubernetes refuses';
}

function valueFault(value: unknown): string | undefined {
  // CI writes numbers and switches as text.
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof text !== 'string') return 'is no text';
  if (text.length > MAX_LENGTH) return `has ${text.length} characters, more than ${MAX_LENGTH}`;
  if (text === '' || NAME.test(text)) return undefined;
  return 'is not made of letters and digits with `-`, `_` and `.` inside';
}
