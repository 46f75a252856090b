import type {Os} from '../../../kube/os.ts';
import {OS_LABELS, osOf} from '../../../kube/os.ts';
import {isRecord} from '../../../kube/shape.ts';
import type {Pipeline, PipelineStage, PipelineStep} from '../../../manifests/pipeline.ts';
import {isExpression} from '../../../manifests/pipeline.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Fail, Ref} from '../../define.ts';
import {fail, ref} from '../../define.ts';

/** A stage, the pipeline that it belongs to, and the OS that its pods are for. */
export interface StagePlace {
  pipeline: Pipeline;
  stage: PipelineStage;
  /** The `spec` of its infrastructure; empty where it is missing or a runtime input. */
  settings: Record<string, unknown>;
  /** Undefined where only the run will tell. */
  os: Os | undefined;
}

/** All stages of all pipelines that run on Kubernetes. */
export function stagesOf(pipelines: Evidence<Pipeline[]>): StagePlace[] {
  if (!pipelines.ok) return [];
  return pipelines.value.flatMap(pipeline =>
    pipeline.pipeline.stages.map(stage => {
      const settings = stage.infrastructure.spec ?? {};
      return {pipeline, stage, settings, os: osOfSettings(stage)};
    }),
  );
}

/** The stages that build on Windows nodes. */
export function windowsStagesOf(pipelines: Evidence<Pipeline[]>): StagePlace[] {
  return stagesOf(pipelines).filter(place => place.os === 'windows');
}

/** Stages whose infrastructure is their own: what is wrong in a borrowed block is said where it stands. */
export function owningStagesOf(places: readonly StagePlace[]): StagePlace[] {
  return places.filter(place => !place.stage.infrastructure.borrowed);
}

/** `os` decides; where it is left out, CI takes Linux unless the node selector says otherwise. */
function osOfSettings({infrastructure: {spec}}: PipelineStage): Os | undefined {
  if (!spec) return undefined;
  const {os} = spec;
  if (os === undefined) return osOfSelector(spec['nodeSelector']) ?? 'linux';
  return typeof os === 'string' ? osOf(os) : undefined;
}

/** The OS that a node selector of an infrastructure names. */
export function osOfSelector(selector: unknown): Os | undefined {
  if (!isRecord(selector)) return undefined;
  for (const label of OS_LABELS) {
    const value = selector[label];
    if (typeof value === 'string') return osOf(value);
  }
  return undefined;
}

/** A fail of a stage's setting, e.g. `/nodeSelector`; the pointer counts from the infrastructure's `spec`. */
export function failSetting(
  {pipeline, stage}: StagePlace,
  pointer: string,
  rest: Omit<Fail, 'status' | 'subject' | 'evidence'> & {value?: unknown},
): Fail {
  const {value, ...more} = rest;
  return fail(pipeline, {...more, evidence: [settingRef(pipeline, stage, pointer, value)]});
}

function settingRef(pipeline: Pipeline, stage: PipelineStage, pointer: string, value: unknown): Ref {
  return ref(pipeline, `${stage.infrastructure.pointer}/spec${pointer}`, value);
}

/** A fail of a step; the pointer counts from the step. */
export function failStep(
  {pipeline}: StagePlace,
  step: PipelineStep,
  rest: Omit<Fail, 'status' | 'subject' | 'evidence'> & {pointer: string; value?: unknown},
): Fail {
  const {pointer, value, ...more} = rest;
  return fail(pipeline, {...more, evidence: [ref(pipeline, step.pointer + pointer, value)]});
}

/** What people call a stage. */
export function stageName({stage}: StagePlace): string {
  return stage.name ?? stage.identifier ?? stage.pointer;
}

/** What people call a step. */
export function stepName(step: PipelineStep): string {
  return step.name ?? step.identifier ?? step.pointer;
}

/** A text that is written down; expressions are known only when the pipeline runs. */
export function literal(value: unknown): string | undefined {
  return typeof value === 'string' && !isExpression(value) ? value : undefined;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
