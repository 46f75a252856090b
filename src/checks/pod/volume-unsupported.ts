import {containersOf, naming, volumesOf} from '../../kube/containers.ts';
import type {Volume} from '../../kube/types.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** Kinds of hostPath that only a Unix file system has. */
const UNIX_TYPES = new Set(['Socket', 'CharDevice', 'BlockDevice']);

export default defineCheck({
  id: 'POD009',
  name: 'volume-unsupported',
  severity: 'error',
  since: '0.1.0',
  title: 'A volume that Windows cannot provide',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Windows pods with an emptyDir in memory or in huge pages, a request for huge pages, a raw block device ' +
      '(`volumeDevices`), a hostPath into /proc, /sys or /dev or to a Unix socket or device, or a mount propagation ' +
      'other than None (a warning: it has no effect).',
    why:
      'The kubelet cannot set the volume up, so the pod stays in ContainerCreating; a hostPath that does not exist on ' +
      'Windows is made as an empty folder at best, and the program finds nothing in it.',
    fix: [
      'Drop `medium: Memory`: `emptyDir: {}` lies on the disk of the node.',
      'Use `volumeMode: Filesystem` with a CSI driver that runs on Windows in place of a block device.',
      "Reach node services by their named pipe: `hostPath: {path: '\\\\.\\pipe\\PIPE', type: ''}`.",
      'Remove `mountPropagation`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/storage/windows-storage/',
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'windows', faults: volumeFaults});
  },
});

function volumeFaults({spec}: SpecContext): SpecFault[] {
  return [
    ...volumesOf(spec).flatMap(({volume, pointer}) => [
      ...memory(volume, pointer),
      ...unixPath(volume, pointer),
    ]),
    ...containersOf(spec).flatMap(placed => [
      ...devices(placed),
      ...hugePages(placed),
      ...propagation(placed),
    ]),
  ];
}

function memory({name, emptyDir}: Volume, at: string): SpecFault[] {
  const medium = emptyDir?.medium;
  if (!medium) return [];
  const message = `volume "${name}" is an emptyDir with \`medium: ${medium}\`, and Windows has none in memory`;
  return [{cause: 'memory-medium', message, places: [{pointer: `${at}/emptyDir/medium`, value: medium}]}];
}

function unixPath({name, hostPath}: Volume, at: string): SpecFault[] {
  if (!hostPath) return [];
  const {path, type} = hostPath;
  const unix =
    /^\/(proc|sys|dev)(\/|$)/.test(path) || /^\/.*\.sock$/.test(path) || UNIX_TYPES.has(type ?? '');
  if (!unix) return [];
  const message = `volume "${name}" mounts ${path} of the node, which Windows does not have`;
  return [{cause: 'unix-path', message, places: [{pointer: `${at}/hostPath/path`, value: path}]}];
}

function devices(placed: PlacedContainer): SpecFault[] {
  if (!placed.container.volumeDevices?.length) return [];
  const message = `${naming(placed)} wants a raw block device, which Windows containers cannot have`;
  return [{cause: 'volume-devices', message, places: [{pointer: `${placed.pointer}/volumeDevices`}]}];
}

function hugePages(placed: PlacedContainer): SpecFault[] {
  const {limits, requests} = placed.container.resources ?? {};
  const key = Object.keys({...limits, ...requests}).find(k => k.startsWith('hugepages-'));
  if (key === undefined) return [];
  const pointer = `${placed.pointer}/resources/${limits && key in limits ? 'limits' : 'requests'}/${key}`;
  const message = `${naming(placed)} asks for ${key}, and Windows nodes offer no huge pages`;
  return [{cause: 'huge-pages', message, places: [{pointer}]}];
}

function propagation(placed: PlacedContainer): SpecFault[] {
  const places = (placed.container.volumeMounts ?? []).flatMap(({mountPropagation: value}, i) =>
    value !== undefined && value !== 'None'
      ? [{pointer: `${placed.pointer}/volumeMounts/${i}/mountPropagation`, value}]
      : [],
  );
  const [first] = places;
  if (!first) return [];
  const message = `${naming(placed)} asks for mount propagation ${first.value}, which has no effect on Windows`;
  return [{cause: 'mount-propagation', severity: 'warning', message, places}];
}
