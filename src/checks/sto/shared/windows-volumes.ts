import {driverOfProvisioner, volumePluginOf} from '../../../data/volume-plugins.ts';
import type {OsContext} from '../../../kube/os.ts';
import {osJudge} from '../../../kube/os.ts';
import type {
  Controller,
  KubeObject,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  Volume,
} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import {decisiveSpecs} from '../../../kube/workloads.ts';
import type {Evidence, Missing} from '../../../snapshot/evidence.ts';
import type {EvidenceKey} from '../../../snapshot/snapshot.ts';
import type {Fail, Ref, Unknown} from '../../define.ts';
import {failSpec, ref, specRef, unknown} from '../../define.ts';

/** What a volume is followed through. */
export interface VolumeContext extends OsContext {
  persistentVolumeClaims: Evidence<PersistentVolumeClaim[]>;
  persistentVolumes: Evidence<PersistentVolume[]>;
  storageClasses: Evidence<StorageClass[]>;
}

/** A volume of a Windows workload, followed as far as the evidence goes. */
export interface WindowsVolume {
  workload: Workload;
  view: SpecView;
  name: string;
  /** Where the workload names it. */
  place: Ref;
  /** Absent for a claim that a StatefulSet makes by itself. */
  volume?: Volume;
  pv?: PersistentVolume;
  storageClass?: StorageClass;
  /** What could not be read on the way, and would have told more. */
  gap?: {evidence: EvidenceKey; missing: Missing};
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Every volume of every Windows workload. */
export function windowsVolumes(workloads: readonly Workload[], context: VolumeContext): WindowsVolume[] {
  const judge = osJudge(context);
  const follower = new Follower(context);
  const found: WindowsVolume[] = [];
  for (const workload of workloads) {
    for (const view of decisiveSpecs(workload)) {
      if (judge(view) !== 'windows') continue;
      for (const [i, volume] of (view.spec.volumes ?? []).entries()) {
        const base = {
          workload,
          view,
          name: volume.name,
          place: specRef(view, `/volumes/${i}/name`, volume.name),
          volume,
        };
        found.push({...base, ...follower.follow(volume, view.holder.metadata.namespace)});
      }
      if (view === workload.template) found.push(...claimTemplates(workload, view, follower));
    }
  }
  return found;
}

/** Claims that a StatefulSet will make; its live pods name the ones it has made. */
function claimTemplates(workload: Workload, view: SpecView, follower: Follower): WindowsVolume[] {
  const {owner} = workload;
  if (!isStatefulSet(owner)) return [];
  return (owner.spec.volumeClaimTemplates ?? []).map((claim, i) => ({
    workload,
    view,
    name: claim.metadata.name,
    place: ref(owner, `/spec/volumeClaimTemplates/${i}/metadata/name`, claim.metadata.name),
    ...follower.ofClass(claim.spec.storageClassName),
  }));
}

function isStatefulSet(object: KubeObject): object is Controller {
  return object.kind === 'StatefulSet' && 'spec' in object;
}

type Followed = Pick<WindowsVolume, 'pv' | 'storageClass' | 'gap'>;

/** Looks claims, volumes and classes up by name. */
class Follower {
  readonly #context: VolumeContext;
  readonly #claims: Map<string, PersistentVolumeClaim>;
  readonly #volumes: Map<string, PersistentVolume>;
  readonly #classes: Map<string, StorageClass>;
  readonly #default: StorageClass | undefined;
  /** Volumes by the claim that they are kept for. */
  readonly #reserved = new Map<string, PersistentVolume>();
  /** Volumes that wait for any claim of their class: among files a static volume and its claim meet by it. */
  readonly #static = new Map<string, PersistentVolume>();

  constructor(context: VolumeContext) {
    const {persistentVolumeClaims: claims, persistentVolumes: volumes, storageClasses: classes} = context;
    this.#context = context;
    this.#claims = new Map(
      (claims.ok ? claims.value : []).map(c => [
        `${c.metadata.namespace ?? 'default'}/${c.metadata.name}`,
        c,
      ]),
    );
    this.#volumes = new Map((volumes.ok ? volumes.value : []).map(v => [v.metadata.name, v]));
    this.#classes = new Map((classes.ok ? classes.value : []).map(c => [c.metadata.name, c]));
    for (const pv of this.#volumes.values()) {
      const {claimRef, storageClassName} = pv.spec;
      if (claimRef) this.#reserved.set(`${claimRef.namespace ?? 'default'}/${claimRef.name ?? ''}`, pv);
      else if (storageClassName) this.#static.set(storageClassName, pv);
    }
    this.#default = [...this.#classes.values()].find(c => c.metadata.annotations?.[DEFAULT_CLASS] === 'true');
  }

  follow(volume: Volume, namespace = 'default'): Followed {
    const {persistentVolumeClaim: named, ephemeral} = volume;
    if (ephemeral) return this.ofClass(ephemeral.volumeClaimTemplate?.spec?.storageClassName);
    if (!named) return {};
    const claim = this.#claims.get(`${namespace}/${named.claimName}`);
    if (!claim) return this.#gap('persistentVolumeClaims');
    const {volumeName, storageClassName} = claim.spec;
    if (!volumeName) {
      // Not bound yet, or a file's: a volume that is reserved for it, else its class.
      const reserved = this.#reservedFor(claim);
      return reserved ? {pv: reserved} : this.ofClass(storageClassName);
    }
    const pv = this.#volumes.get(volumeName);
    const {storageClass} = this.ofClass(storageClassName);
    return pv
      ? {pv, ...(storageClass && {storageClass})}
      : {...this.#gap('persistentVolumes'), ...(storageClass && {storageClass})};
  }

  ofClass(name: string | undefined): Followed {
    // The empty name asks for no class at all.
    if (name === '') return {};
    const storageClass = name === undefined ? this.#default : this.#classes.get(name);
    return storageClass ? {storageClass} : this.#gap('storageClasses');
  }

  #reservedFor({metadata, spec: {storageClassName}}: PersistentVolumeClaim): PersistentVolume | undefined {
    const reserved = this.#reserved.get(`${metadata.namespace ?? 'default'}/${metadata.name}`);
    if (reserved || !storageClassName || this.#classes.has(storageClassName)) return reserved;
    return this.#static.get(storageClassName);
  }

  #gap(evidence: 'persistentVolumeClaims' | 'persistentVolumes' | 'storageClasses'): Followed {
    const found = this.#context[evidence];
    if (!found.ok) return {gap: {evidence, missing: found}};
    return found.partial ? {gap: {evidence, missing: found.partial}} : {};
  }
}

/** The CSI driver that a volume needs on its node; undefined where it needs none, or it is not known. */
export function driverOf(
  {volume, pv, storageClass}: WindowsVolume,
  isDriver: (name: string) => boolean,
): string | undefined {
  const direct = volume?.csi?.driver ?? (volume && volumePluginOf(volume)?.driver);
  if (direct) return direct;
  if (pv) return pv.spec.csi?.driver ?? volumePluginOf(pv.spec)?.driver;
  const provisioner = storageClass?.provisioner && driverOfProvisioner(storageClass.provisioner);
  return provisioner && isDriver(provisioner) ? provisioner : undefined;
}

/** A fail of a volume, on the workload that uses it. */
export function failVolume(
  {workload, place}: WindowsVolume,
  {evidence = [], ...rest}: Omit<Fail, 'status' | 'subject' | 'evidence'> & {evidence?: Ref[]},
): Fail {
  return failSpec(workload, {...rest, evidence: [place, ...evidence]});
}

/** That a volume could not be followed to its end. */
export function unknownVolume({workload, gap}: WindowsVolume): Unknown[] {
  if (!gap) return [];
  return [unknown(workload.owner, gap.evidence, gap.missing)];
}
