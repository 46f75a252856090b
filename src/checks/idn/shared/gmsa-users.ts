import {containersOf} from '../../../kube/containers.ts';
import type {CustomResourceDefinition} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import {allSpecs} from '../../../kube/workloads.ts';
import type {Evidence, Missing} from '../../../snapshot/evidence.ts';
import type {EvidenceKey} from '../../../snapshot/snapshot.ts';
import type {Ref, Unknown} from '../../define.ts';
import {specRef, unknown} from '../../define.ts';
import {once} from '../../../once/once.ts';

/** API group and plural of credential specs. */
export const GMSA_GROUP = 'windows.k8s.io';
export const GMSA_PLURAL = 'gmsacredentialspecs';

/** How gMSA is set up on Kubernetes. */
export const GMSA_GUIDE = 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-gmsa/';

/** A use of a credential spec by name, in one specification of a workload. */
export interface GmsaUse {
  workload: Workload;
  view: SpecView;
  /** Name of the GMSACredentialSpec. */
  name: string;
  ref: Ref;
}

/** Every credential spec that a workload names, once a name, with the place that names it. */
export const gmsaUses = once((workloads: readonly Workload[]): readonly GmsaUse[] =>
  workloads.flatMap(workload => {
    const uses = new Map<string, GmsaUse>();
    for (const view of allSpecs(workload)) {
      for (const {name, pointer} of namesIn(view)) {
        if (!uses.has(name)) uses.set(name, {workload, view, name, ref: specRef(view, pointer, name)});
      }
    }
    return [...uses.values()];
  }),
);

function namesIn({spec}: SpecView): {name: string; pointer: string}[] {
  const found: {name: string; pointer: string}[] = [];
  const field = 'securityContext/windowsOptions/gmsaCredentialSpecName';
  const ofPod = spec.securityContext?.windowsOptions?.gmsaCredentialSpecName;
  if (ofPod) found.push({name: ofPod, pointer: `/${field}`});
  for (const {container, pointer} of containersOf(spec)) {
    const name = container.securityContext?.windowsOptions?.gmsaCredentialSpecName;
    if (name) found.push({name, pointer: `${pointer}/${field}`});
  }
  return found;
}

/** Whether the cluster serves credential specs; undefined where the definitions could not be read. */
export function hasGmsaCrd(definitions: Evidence<CustomResourceDefinition[]>): boolean | undefined {
  if (!definitions.ok) return undefined;
  const found = definitions.value.some(
    ({spec}) => spec.group === GMSA_GROUP && spec.names?.plural === GMSA_PLURAL,
  );
  return found || !definitions.partial ? found : undefined;
}

/** That the uses could not be judged. Said only where there are uses: most clusters have none, and many users few rights. */
export function unknownUses(uses: readonly GmsaUse[], evidence: EvidenceKey, gap: Missing): Unknown[] {
  return uses.map(({workload}) => unknown(workload.owner, evidence, gap));
}
