import {volumePluginOf} from '../../data/volume-plugins.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, ref, skip} from '../define.ts';
import type {WindowsVolume} from './shared/windows-volumes.ts';
import {failVolume, unknownVolume, windowsVolumes} from './shared/windows-volumes.ts';

export default defineCheck({
  id: 'STO005',
  name: 'volume-plugin-unsupported',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows pod uses a kind of volume that Windows nodes cannot mount',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['persistentVolumeClaims', 'persistentVolumes', 'storageClasses', 'nodes', 'runtimeClasses'],
  docs: {
    what: "Looks at the volumes of Windows pods, and at the PersistentVolumes behind their claims, for Kubernetes' own plug-ins that work on Linux only: NFS, iSCSI, Fibre Channel, Ceph, Gluster and others.",
    why: 'The kubelet on Windows cannot mount them (`only cifs mount is supported now`): the pod stays in ContainerCreating.',
    fix: [
      'Share files by SMB: smb.csi.k8s.io, Azure Files, FSx for Windows, or the SMB side of a server that also speaks NFS.',
      'For disks use the CSI driver of your provider, which formats them with NTFS.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/storage/windows-storage/',
      'https://github.com/kubernetes-csi/csi-driver-smb',
    ],
  },
  *run({workloads, wants, source}): Iterable<Outcome> {
    const volumes = windowsVolumes(workloads, wants);
    if (volumes.length === 0) yield skip('no Windows pod has a volume');
    for (const volume of volumes) yield* judgeVolume(volume, source);
  },
});

function* judgeVolume(use: WindowsVolume, source: string): Iterable<Outcome> {
  const {volume, pv, name, workload} = use;
  const inline = volume && volumePluginOf(volume);
  const behind = pv && volumePluginOf(pv.spec);
  const plugin = inline?.unsupported ? inline : behind;
  if (plugin?.unsupported) {
    yield failVolume(use, {
      cause: plugin.field,
      message: `volume \`${name}\` is of kind \`${plugin.field}\`, which no Windows node can mount: ${plugin.unsupported}`,
      ...(pv && plugin === behind && {evidence: [ref(pv, `/spec/${plugin.field}`)]}),
    });
  } else if (!pv && use.gap && source !== 'files') yield* unknownVolume(use);
  else yield pass(workload.owner);
}
