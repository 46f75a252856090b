import {BUILD_LABEL} from '../../../kube/os.ts';
import {escapePointer} from '../../../kube/shape.ts';
import type {RuntimeClass} from '../../../kube/types.ts';
import type {SpecView} from '../../../kube/workloads.ts';
import type {Ref} from '../../define.ts';
import {ref, specRef} from '../../define.ts';

/** Values of the Windows build label that a pod may go to, and where that stands. */
export interface SelectedBuilds {
  values: readonly string[];
  proof: Ref;
}

const FIELD = `/nodeSelector/${escapePointer(BUILD_LABEL)}`;
const TERMS = '/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms';

/**
 * The builds that a pod selects by its node selector, its RuntimeClass or, in every term, its required affinity;
 * `undefined` where any build will do. `nodeSelector` is the merged one, as admission leaves it.
 */
export function selectedBuilds(
  view: SpecView,
  nodeSelector: Record<string, string>,
  runtimeClass: RuntimeClass | undefined,
): SelectedBuilds | undefined {
  const own = nodeSelector[BUILD_LABEL];
  if (own !== undefined) {
    const ofClass = view.spec.nodeSelector?.[BUILD_LABEL] === undefined && runtimeClass;
    const proof = ofClass ? ref(ofClass, `/scheduling${FIELD}`, own) : specRef(view, FIELD, own);
    return {values: [own], proof};
  }
  const {nodeSelectorTerms = []} =
    view.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  const named = nodeSelectorTerms.map(
    term => term.matchExpressions?.find(r => r.key === BUILD_LABEL && r.operator === 'In')?.values,
  );
  const values = named.flatMap(v => v ?? []);
  if (values.length === 0 || named.some(v => v === undefined)) return undefined;
  return {values, proof: specRef(view, TERMS, nodeSelectorTerms)};
}
