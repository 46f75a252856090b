import type {NodeAffinity, Pod, PodSpec} from '../kube/types.ts';

/** The volume that admission adds to each pod for its token: the name ends in five letters of chance. */
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;

/**
 * Pods of one template share one specification in memory, so that a check looks at it once and not once a pod. What the
 * control plane writes into each pod for itself is set aside first: where it runs, and its token volume's name.
 */
export class SpecPool {
  readonly #specs = new Map<string, PodSpec>();

  /** Gives the pod the specification that others like it have, and says on the pod itself where it runs. */
  share(pod: Pod): void {
    const {nodeName, ...spec} = pod.spec;
    if (nodeName) pod.nodeName = nodeName;
    renameTokenVolume(spec);
    if (nodeName && isOfDaemonSet(pod)) dropOwnNode(spec, nodeName);
    const text = JSON.stringify(spec);
    const known = this.#specs.get(text);
    if (!known) this.#specs.set(text, spec);
    pod.spec = known ?? spec;
  }
}

function renameTokenVolume(spec: PodSpec): void {
  const name = spec.volumes?.find(v => TOKEN_VOLUME.test(v.name))?.name;
  if (name === undefined) return;
  const short = name.slice(0, name.lastIndexOf('-'));
  for (const volume of spec.volumes ?? []) if (volume.name === name) volume.name = short;
  for (const containers of [spec.containers, spec.initContainers, spec.ephemeralContainers]) {
    for (const {volumeMounts} of containers ?? []) {
      for (const mount of volumeMounts ?? []) if (mount.name === name) mount.name = short;
    }
  }
}

function isOfDaemonSet({metadata}: Pod): boolean {
  return metadata.ownerReferences?.some(o => o.controller === true && o.kind === 'DaemonSet') ?? false;
}

/** The DaemonSet controller pins each pod to its node by name, which for a pod that runs says no more than `nodeName`. */
function dropOwnNode(spec: PodSpec, nodeName: string): void {
  const affinity: NodeAffinity | undefined = spec.affinity?.nodeAffinity;
  for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []) {
    const others = term.matchFields?.filter(
      f => f.key !== 'metadata.name' || f.values?.length !== 1 || f.values[0] !== nodeName,
    );
    if (others && others.length < (term.matchFields?.length ?? 0)) term.matchFields = others;
  }
}
