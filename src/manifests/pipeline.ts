import type {KubeObject, Origin} from '../kube/types.ts';

/**
 * A CI pipeline whose infrastructure is Kubernetes (guide 002). `kind` is `Pipeline`, `metadata.name` its identifier.
 * The stages keep the shape of the YAML, as far as checks read it.
 */
export interface Pipeline extends KubeObject {
  kind: 'Pipeline';
  pipeline: {
    name?: string;
    identifier?: string;
    projectIdentifier?: string;
    orgIdentifier?: string;
    stages: PipelineStage[];
  };
}

/** One CI stage and where it stands. */
export interface PipelineStage {
  /** JSON pointer from the document's root, e.g. `/pipeline/stages/0/stage`. */
  pointer: string;
  name?: string;
  identifier?: string;
  infrastructure?: {type?: string; spec?: Record<string, unknown>};
  steps: {
    pointer: string;
    type?: string;
    identifier?: string;
    name?: string;
    spec?: Record<string, unknown>;
  }[];
}

/** Reads the CI pipelines that a parsed document holds; none where it is no pipeline. */
export function readPipelines(_value: unknown, _origin: Origin): Pipeline[] {
  return [];
}
