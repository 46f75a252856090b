import type {KubeObject} from '../../kube/types.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, ref, skip} from '../define.ts';
import {escapePointer} from '../../kube/shape.ts';
import type {WindowsVolume} from './shared/windows-volumes.ts';
import {failVolume, unknownVolume, windowsVolumes} from './shared/windows-volumes.ts';

const LINUX_FILE_SYSTEMS: ReadonlySet<string> = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs']);
/** Parameters of storage classes that choose the file system (https://kubernetes-csi.github.io/docs/external-provisioner.html). */
const CLASS_PARAMETERS = ['csi.storage.k8s.io/fstype', 'fsType', 'fstype'] as const;

interface Chosen {
  fsType: string;
  object: KubeObject;
  pointer: string;
}

export default defineCheck({
  id: 'STO003',
  name: 'filesystem-not-ntfs',
  severity: 'error',
  since: '0.1.0',
  title: 'A volume of a Windows pod has a Linux file system',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['persistentVolumeClaims', 'persistentVolumes', 'storageClasses', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Follows every volume of a Windows pod to the file system that it was made with: `fsType` of the PersistentVolume or of an inline CSI volume, else the `fsType` parameter of its StorageClass. ext4, xfs and the like fail; one that is not named passes, as drivers then take NTFS on Windows.',
    why: 'Windows mounts NTFS (and ReFS) disks only: the volume fails to mount and the pod stays in ContainerCreating.',
    fix: [
      'Use a StorageClass of its own for Windows, with the parameter `csi.storage.k8s.io/fstype: ntfs`, and claim from it.',
      'A volume that exists keeps its file system: copy its content over from a Linux pod, then claim a new one.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/storage/windows-storage/',
      'https://kubernetes-csi.github.io/docs/csi-windows.html',
    ],
  },
  *run({workloads, wants, source}): Iterable<Outcome> {
    const volumes = windowsVolumes(workloads, wants);
    if (volumes.length === 0) yield skip('no Windows pod has a volume');
    for (const volume of volumes) {
      const chosen = chosenBy(volume);
      if (chosen && LINUX_FILE_SYSTEMS.has(chosen.fsType.toLowerCase())) {
        yield failVolume(volume, {
          cause: 'linux-file-system',
          message: `volume \`${volume.name}\` is \`${chosen.fsType}\` by its ${chosen.object.kind}, which Windows does not mount`,
          evidence: [ref(chosen.object, chosen.pointer, chosen.fsType)],
        });
      } else if (!chosen && volume.gap && source !== 'files') yield* unknownVolume(volume);
      else yield pass(volume.workload.owner);
    }
  },
});

/** What chooses the file system: what exists decides before what would make it. */
function chosenBy({volume, view, place, pv, storageClass}: WindowsVolume): Chosen | undefined {
  const inline = volume?.csi?.fsType;
  if (inline)
    return {fsType: inline, object: view.holder, pointer: place.pointer.replace(/name$/, 'csi/fsType')};
  const made = pv?.spec.csi?.fsType;
  if (pv) return made ? {fsType: made, object: pv, pointer: '/spec/csi/fsType'} : undefined;
  const parameters = storageClass?.parameters ?? {};
  const key = CLASS_PARAMETERS.find(name => Object.hasOwn(parameters, name));
  const fsType = key && parameters[key];
  return storageClass && fsType
    ? {fsType, object: storageClass, pointer: `/parameters/${escapePointer(key)}`}
    : undefined;
}
