import {Placements} from '../../kube/placement.ts';
import {isFinished} from '../../kube/pods.ts';
import type {CsiNode} from '../../kube/types.ts';
import type {Outcome, Ref} from '../define.ts';
import {gapOf} from '../../snapshot/evidence.ts';
import {defineCheck, pass, ref, skip} from '../define.ts';
import type {WindowsVolume} from './shared/windows-volumes.ts';
import {driverOf, failVolume, unknownVolume, windowsVolumes} from './shared/windows-volumes.ts';

export default defineCheck({
  id: 'STO001',
  name: 'csi-driver-missing-on-windows',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows pod needs a storage driver that its node does not have',
  evidence: ['A'],
  needs: ['workloads'],
  wants: [
    'csiNodes',
    'persistentVolumeClaims',
    'persistentVolumes',
    'storageClasses',
    'csiDrivers',
    'nodes',
    'runtimeClasses',
    'namespaces',
  ],
  docs: {
    what: 'Follows every volume of a Windows pod to its CSI driver and looks for that driver in the CSINode of the nodes where its pods sit, else of all nodes where they may land. Volumes of the old plug-ins of AWS, Azure, Google and vSphere need the drivers that took over.',
    why: 'Many drivers come for Linux only, or with a DaemonSet for Windows that must be switched on. Without it the volume is never mounted and the pod stays in ContainerCreating.',
    fix: [
      'Look what the node has: `kubectl get csinode NODE -o jsonpath={.spec.drivers[*].name}`, and at the Windows DaemonSet of the driver: `kubectl get daemonsets -A | grep -i win`.',
      "Install the driver's Windows DaemonSet: with Helm usually `--set windows.enabled=true` (smb.csi.k8s.io) or `--set node.enableWindows=true` (ebs.csi.aws.com); AKS and GKE bring theirs.",
      'Or choose a storage class whose driver runs on Windows.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/storage/windows-storage/',
      'https://kubernetes-csi.github.io/docs/csi-windows.html',
    ],
  },
  *run({workloads, wants, source}): Iterable<Outcome> {
    const csiNodes = wants.csiNodes.ok ? wants.csiNodes.value : [];
    const gap = gapOf(wants.csiNodes);
    const registered = new Map(csiNodes.map(n => [n.metadata.name, n]));
    const known = new Set([
      ...csiNodes.flatMap(n => (n.spec.drivers ?? []).map(d => d.name)),
      ...(wants.csiDrivers.ok ? wants.csiDrivers.value.map(d => d.metadata.name) : []),
    ]);
    const placements = new Placements({...wants, source});
    const volumes = windowsVolumes(workloads, wants);
    let concerned = false;
    for (const volume of volumes) {
      const driver = driverOf(volume, name => known.has(name));
      if (!driver) {
        yield* unknownVolume(volume);
        continue;
      }
      concerned = true;
      if (gap) {
        // Said of pods that need a driver only: few users may list CSINodes.
        yield* unknownVolume({...volume, gap: {evidence: 'csiNodes', missing: gap}});
        continue;
      }
      const nodesGap = source === 'files' || isSitting(volume) ? undefined : gapOf(wants.nodes);
      if (nodesGap) {
        // One node with the driver is enough for a pod that still waits.
        yield* unknownVolume({...volume, gap: {evidence: 'nodes', missing: nodesGap}});
        continue;
      }
      yield* judgeVolume(volume, driver, registered, placements);
    }
    if (!concerned) yield skip('no Windows pod uses a volume of a CSI driver');
  },
});

function isSitting({view}: WindowsVolume): boolean {
  return view.pods.some(p => !isFinished(p) && p.nodeName !== undefined);
}

function* judgeVolume(
  volume: WindowsVolume,
  driver: string,
  registered: ReadonlyMap<string, CsiNode>,
  placements: Placements,
): Iterable<Outcome> {
  const {view, workload, name} = volume;
  const sitting = [
    ...new Set(view.pods.flatMap(p => (isFinished(p) || p.nodeName === undefined ? [] : [p.nodeName]))),
  ];
  const candidates =
    sitting.length > 0 ? sitting : placements.of(view).allowed.windows.map(n => n.metadata.name);
  const lacking = candidates.filter(node => !hasDriver(registered.get(node), driver));
  // A pod may sit on each of its nodes; one that still waits needs one good node.
  const fails =
    sitting.length > 0 ? lacking.length > 0 : candidates.length > 0 && lacking.length === candidates.length;
  if (!fails) {
    yield pass(workload.owner);
    return;
  }
  const [first = ''] = lacking;
  const csiNode = registered.get(first);
  yield failVolume(volume, {
    ...(lacking.length === 1 && {node: first}),
    cause: `driver ${driver}`,
    message: `volume \`${name}\` needs the CSI driver \`${driver}\`, and ${nodesText(lacking)} not registered it`,
    ...(csiNode && {evidence: driverRefs(csiNode)}),
  });
}

function driverRefs(node: CsiNode): Ref[] {
  const {drivers = []} = node.spec;
  if (drivers.length === 0) return [ref(node, '/spec/drivers', [])];
  return drivers.map((driver, i) => ref(node, `/spec/drivers/${i}/name`, driver.name));
}

function hasDriver(node: CsiNode | undefined, driver: string): boolean {
  return (node?.spec.drivers ?? []).some(d => d.name === driver);
}

function nodesText([first = '', ...more]: readonly string[]): string {
  return more.length === 0
    ? `node \`${first}\` has`
    : `${more.length + 1} nodes, \`${first}\` among them, have`;
}
