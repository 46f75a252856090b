import {splitImage} from '../../data/image-tags.ts';
import {containersOf, isHostProcess, isPipePath, naming, volumesOf} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** Images whose work is the node itself: its metrics, its HNS networks, its disks; by the last part of the name. */
const NODE_TOOL =
  /windows[-_]exporter|kube-?proxy|flannel|calico|antrea|azure-?cns|azure-?vnet|csi-?proxy|node-problem-detector|(azuredisk|azurefile|smb|ebs|gcp-compute-persistent-disk)-csi/i;

export default defineCheck({
  id: 'POD019',
  name: 'node-tool-in-container',
  severity: 'warning',
  since: '0.1.0',
  title: 'A node tool in an ordinary Windows container',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'DaemonSets on Windows that run an image for the node (windows_exporter, kube-proxy, a CNI or a CSI node plug-in) ' +
      "neither as a HostProcess pod nor with a pipe of csi-proxy mounted, which is the older way to the node's disks.",
    why:
      'An ordinary Windows container sees only itself: windows_exporter reports the processors, memory and disks of its ' +
      'own container as those of the node, and a CNI or kube-proxy changes nothing outside.',
    fix: [
      "Run it on the host: `hostNetwork: true` and `securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}}`; " +
        'some projects have an image of their own for that (`…-hostprocess`, `…-windows-hp`).',
      'A CSI driver of the older kind mounts `\\\\.\\pipe\\csi-proxy-disk-v1` and its like; csi-proxy then runs on the node.',
    ],
    links: [
      'https://github.com/prometheus-community/windows_exporter/blob/master/kubernetes/kubernetes.md',
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'windows', faults: toolOutside});
  },
});

function toolOutside({spec, workload}: SpecContext): SpecFault[] {
  if (workload.owner.kind !== 'DaemonSet' || isHostProcess(spec)) return [];
  if (volumesOf(spec).some(v => v.volume.hostPath && isPipePath(v.volume.hostPath.path))) return [];
  const placed = containersOf(spec).find(p => NODE_TOOL.test(nameOf(p.container.image)));
  if (!placed) return [];
  const image = placed.container.image ?? '';
  const message = `${naming(placed)} runs ${image} in an ordinary container, where it sees only itself`;
  return [{cause: 'node-tool', message, places: [{pointer: `${placed.pointer}/image`, value: image}]}];
}

/** The last part of the image's repository. */
function nameOf(image = ''): string {
  const {repository} = splitImage(image);
  return repository.slice(repository.lastIndexOf('/') + 1);
}
