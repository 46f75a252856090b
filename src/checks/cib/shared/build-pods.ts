import type {Os, OsContext} from '../../../kube/os.ts';
import {containersOf} from '../../../kube/containers.ts';
import {osJudge} from '../../../kube/os.ts';
import type {Container} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import {decisiveSpecs} from '../../../kube/workloads.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {CiRequest} from '../../../snapshot/snapshot.ts';
import {skip} from '../../define.ts';

/** A pod in which CI runs a stage: live, or as a manifest has it. */
export interface BuildPod {
  workload: Workload;
  view: SpecView;
  os: Os | undefined;
}

/** Labels that CI puts on every pod of a stage; two of them are no coincidence. */
const STAGE_LABELS = [
  'stageID',
  'stageName',
  'pipelineID',
  'pipelineExecutionId',
  'orgID',
  'projectID',
] as const;
const ENOUGH_LABELS = 2;

/** The container that drives a stage's workspace. */
const LITE_ENGINE = /^(lite-engine|ci-lite-engine)$/;
/** The init container that puts the step driver in place. */
const ADDON = /^(setup-)?addon$|^ci-addon$/;
const CI_IMAGE = /(^|\/)ci-(lite-engine|addon)(:|@|$)/;

/** Finds the pods of CI stages among the workloads, in the namespace of the build farm where that is known. */
export function buildPodsOf(
  workloads: readonly Workload[],
  ciRequest: Evidence<CiRequest>,
  context: OsContext,
): BuildPod[] {
  const judge = osJudge(context);
  const namespace = ciRequest.ok ? ciRequest.value.namespace : undefined;
  return workloads
    .filter(w => namespace === undefined || w.owner.metadata.namespace === namespace)
    .flatMap(workload =>
      decisiveSpecs(workload)
        .filter(isBuildPod)
        .map(view => ({workload, view, os: judge(view)})),
    );
}

/** The build pods that are for Windows. */
export function windowsBuildPodsOf(
  workloads: readonly Workload[],
  ciRequest: Evidence<CiRequest>,
  context: OsContext,
): BuildPod[] {
  return buildPodsOf(workloads, ciRequest, context).filter(({os}) => os === 'windows');
}

/** What checks of Windows builds say where there is none. */
export const NO_WINDOWS_BUILD = skip('there is no Windows build stage and no Windows build pod');

function isBuildPod({labels, spec}: SpecView): boolean {
  const marked = STAGE_LABELS.filter(label => Object.hasOwn(labels, label)).length;
  return (
    marked >= ENOUGH_LABELS || containersOf(spec).some(({container}) => LITE_ENGINE.test(container.name))
  );
}

/** Whether a container is CI's own, not a step's: Lite-Engine or the Addon. */
export function isCiContainer({name, image = ''}: Container): boolean {
  return LITE_ENGINE.test(name) || ADDON.test(name) || CI_IMAGE.test(image);
}
