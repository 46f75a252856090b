import type {KubeObject, Origin} from '../kube/types.ts';
import {isRecord} from '../kube/shape.ts';

/**
 * A Harness CI pipeline whose infrastructure is Kubernetes. `kind` is `Pipeline`, `metadata.name` its identifier. The
 * stages keep the shape of the YAML, as far as checks read it.
 */
export interface Pipeline extends KubeObject {
  kind: 'Pipeline';
  pipeline: {
    name?: string;
    identifier?: string;
    projectIdentifier?: string;
    orgIdentifier?: string;
    /** Stages that run on a Kubernetes cluster; those of other infrastructures are left out. */
    stages: PipelineStage[];
  };
}

/** Where a stage runs. */
export interface StageInfrastructure {
  /** JSON pointer of the `infrastructure` block from the document's root. */
  pointer: string;
  /** Set where the stage borrows the block of another one (`useFromStage`): its faults are that stage's. */
  borrowed: boolean;
  type?: string;
  /** As written; absent where it is a runtime input or missing. */
  spec?: Record<string, unknown>;
}

/** One step, wherever it is nested. A step that a template supplies has no `type` and no `spec`. */
export interface PipelineStep {
  pointer: string;
  type?: string;
  identifier?: string;
  name?: string;
  spec?: Record<string, unknown>;
}

/** One CI stage and where it stands. */
export interface PipelineStage {
  /** JSON pointer from the document's root, e.g. `/pipeline/stages/0/stage`. */
  pointer: string;
  name?: string;
  identifier?: string;
  infrastructure: StageInfrastructure;
  steps: PipelineStep[];
}

/** Types of `infrastructure` that mean a Kubernetes cluster. */
const KUBERNETES_TYPES: ReadonlySet<string> = new Set(['KubernetesDirect', 'KubernetesHosted']);

/** Groups may hold groups; nobody nests deeper, and strangers' input must not exhaust the stack. */
const MAX_DEPTH = 20;

/** Whether a value is known only when the pipeline runs: a runtime input or an expression, `<+input>`. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('<+');
}

/**
 * Reads the CI pipelines that a parsed document holds; none where it is no pipeline. Known roots: `pipeline`, `template`
 * (of a pipeline or a stage), and a bare `stages` list. Pointers count from the document's root.
 */
export function readPipelines(value: unknown, origin: Origin): Pipeline[] {
  if (!isRecord(value) || typeof value['kind'] === 'string') return [];
  const root = rootOf(value);
  if (!root) return [];
  const raw = rawStages(root.stages, root.pointer);
  // Other CI systems have `stages`, too: theirs are names, ours hold a `stage` map.
  if (raw.length === 0 && !root.certain) return [];
  const {head} = root;
  const identity = {
    ...field('name', head['name']),
    ...field('identifier', head['identifier']),
    ...field('projectIdentifier', head['projectIdentifier']),
    ...field('orgIdentifier', head['orgIdentifier']),
  };
  return [
    {
      apiVersion: '',
      kind: 'Pipeline',
      metadata: {name: identity.identifier ?? identity.name ?? origin.file},
      origin,
      pipeline: {...identity, stages: kubernetesStages(raw)},
    },
  ];
}

interface Root {
  head: Record<string, unknown>;
  stages: unknown;
  pointer: string;
  /** The document says that it is a pipeline even where it has no stages. */
  certain: boolean;
}

function rootOf(value: Record<string, unknown>): Root | undefined {
  const {pipeline, template, stages} = value;
  if (isRecord(pipeline)) {
    // A pipeline made from a template of pipelines holds only its inputs.
    return {head: pipeline, stages: pipeline['stages'], pointer: '/pipeline/stages', certain: true};
  }
  if (isRecord(template) && isRecord(template['spec'])) {
    const spec = template['spec'];
    if (template['type'] === 'Pipeline') {
      return {head: template, stages: spec['stages'], pointer: '/template/spec/stages', certain: true};
    }
    if (template['type'] === 'Stage') {
      return {head: template, stages: {stage: spec}, pointer: '/template/spec', certain: true};
    }
  }
  return Array.isArray(stages) ? {head: value, stages, pointer: '/stages', certain: false} : undefined;
}

interface RawStage {
  pointer: string;
  stage: Record<string, unknown>;
}

function rawStages(stages: unknown, pointer: string, depth = 0): RawStage[] {
  if (depth > MAX_DEPTH) return [];
  // The one stage of a stage template.
  if (isRecord(stages)) return isRecord(stages['stage']) ? [{pointer, stage: stages['stage']}] : [];
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((item: unknown, i) => {
    if (!isRecord(item)) return [];
    if (isRecord(item['stage'])) return [{pointer: `${pointer}/${i}/stage`, stage: item['stage']}];
    return rawStages(item['parallel'], `${pointer}/${i}/parallel`, depth + 1);
  });
}

function kubernetesStages(raw: readonly RawStage[]): PipelineStage[] {
  const blocks = new Map(raw.map(r => [r.stage['identifier'], infrastructureOf(r)] as const));
  return raw.flatMap(({pointer, stage}) => {
    const infrastructure = borrowedFrom(stage, blocks) ?? infrastructureOf({pointer, stage});
    if (!infrastructure) return [];
    const spec = isRecord(stage['spec']) ? stage['spec'] : {};
    const execution = isRecord(spec['execution']) ? spec['execution'] : {};
    return [
      {
        pointer,
        ...field('name', stage['name']),
        ...field('identifier', stage['identifier']),
        infrastructure,
        steps: stepsOf(execution['steps'], `${pointer}/spec/execution/steps`),
      },
    ];
  });
}

function borrowedFrom(
  stage: Record<string, unknown>,
  blocks: ReadonlyMap<unknown, StageInfrastructure | undefined>,
): StageInfrastructure | undefined {
  const block = blockOf(stage);
  const lender =
    block && typeof block['useFromStage'] === 'string' ? blocks.get(block['useFromStage']) : undefined;
  return lender && {...lender, borrowed: true};
}

function blockOf(stage: Record<string, unknown>): Record<string, unknown> | undefined {
  const {spec} = stage;
  return isRecord(spec) && isRecord(spec['infrastructure']) ? spec['infrastructure'] : undefined;
}

function infrastructureOf({pointer, stage}: RawStage): StageInfrastructure | undefined {
  const block = blockOf(stage);
  if (!block || 'useFromStage' in block) return undefined;
  const {type, spec} = block;
  const kubernetes = typeof type === 'string' ? KUBERNETES_TYPES.has(type) : looksLikeKubernetes(spec);
  if (!kubernetes) return undefined;
  return {
    pointer: `${pointer}/spec/infrastructure`,
    borrowed: false,
    ...field('type', type),
    ...(isRecord(spec) && {spec}),
  };
}

/** A block whose `type` was forgotten still shows what it is for. */
function looksLikeKubernetes(spec: unknown): boolean {
  return isRecord(spec) && ('namespace' in spec || 'nodeSelector' in spec);
}

function stepsOf(steps: unknown, pointer: string, depth = 0): PipelineStep[] {
  if (!Array.isArray(steps) || depth > MAX_DEPTH) return [];
  return steps.flatMap((item: unknown, i) => {
    if (!isRecord(item)) return [];
    const at = `${pointer}/${i}`;
    const {step, stepGroup, parallel} = item;
    if (isRecord(step)) return [stepOf(step, `${at}/step`)];
    if (isRecord(stepGroup)) return stepsOf(stepGroup['steps'], `${at}/stepGroup/steps`, depth + 1);
    return stepsOf(parallel, `${at}/parallel`, depth + 1);
  });
}

function stepOf(step: Record<string, unknown>, pointer: string): PipelineStep {
  return {
    pointer,
    ...field('type', step['type']),
    ...field('identifier', step['identifier']),
    ...field('name', step['name']),
    ...(isRecord(step['spec']) && {spec: step['spec']}),
  };
}

/** A field of a text, or nothing: values of other types are no concern of ours. */
function field<K extends string>(key: K, value: unknown): {[P in K]?: string} {
  // The one key of the object is the one that its type names.
  return (typeof value === 'string' ? {[key]: value} : {}) as {[P in K]?: string};
}
