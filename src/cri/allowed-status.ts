import {byName, fields, list, plain, plainFields} from './allow.ts';
import type {Allow} from './allow.ts';
import {isObject} from './json.ts';

/**
 * What of `info` of a verbose Status may leave the node. `config` is the CRI plugin's whole configuration with the
 * credentials of registries, `cniconfig` every network's whole configuration
 * (https://github.com/containerd/containerd/blob/main/internal/cri/server/status.go).
 */

const runtime = fields({
  ...plainFields(
    'runtimeType',
    'runtimePath',
    'runtimeEngine',
    'runtimeRoot',
    'sandboxMode',
    'sandboxer',
    'snapshotter',
  ),
  ...plainFields('privilegedWithoutHostDevices', 'baseRuntimeSpec', 'cniConfDir', 'cniMaxConfNum', 'io_type'),
  ContainerAnnotations: list(plain),
  PodAnnotations: list(plain),
  options: fields({
    ...plainFields('Debug', 'DebugType', 'SandboxImage', 'SandboxPlatform', 'SandboxIsolation', 'ScrubLogs'),
    ...plainFields('ShareScratch', 'SystemdCgroup', 'BinaryName'),
  }),
});

const config = fields({
  containerd: fields({
    ...plainFields(
      'snapshotter',
      'defaultRuntimeName',
      'disableSnapshotAnnotations',
      'discardUnpackedLayers',
    ),
    defaultRuntime: runtime,
    runtimes: byName(runtime),
  }),
  cni: fields({
    ...plainFields(
      'binDir',
      'confDir',
      'maxConfNum',
      'confTemplate',
      'ipPref',
      'setupSerially',
      'useInternalLoopback',
    ),
    binDirs: list(plain),
  }),
  registry: fields(plainFields('configPath')),
  ...plainFields(
    'sandboxImage',
    'statsCollectPeriod',
    'systemdCgroup',
    'enableSelinux',
    'maxContainerLogSize',
  ),
  ...plainFields('restrictOOMScoreAdj', 'disableTCPService', 'maxConcurrentDownloads', 'enableCDI'),
  ...plainFields(
    'containerdRootDir',
    'containerdEndpoint',
    'rootDir',
    'stateDir',
    'ignoreImageDefinedVolumes',
  ),
  ...plainFields('imagePullProgressTimeout', 'drainExecSyncIOTimeout', 'netnsMountsUnderStateDir'),
});

const cniconfig = fields({
  ...plainFields('PluginConfDir', 'PluginMaxConfNum', 'Prefix'),
  PluginDirs: list(plain),
  Networks: list(
    fields({
      IFName: plain,
      Config: fields({
        ...plainFields('Name', 'CNIVersion'),
        Plugins: list(
          fields({
            Network: fields({
              ...plainFields('cniVersion', 'name', 'type'),
              capabilities: byName(value => (typeof value === 'boolean' ? value : undefined)),
              ipam: fields(plainFields('type')),
            }),
          }),
        ),
      }),
    }),
  ),
});

const BY_KEY: ReadonlyMap<string, Allow> = new Map([
  ['config', config],
  ['cniconfig', cniconfig],
  ['golang', plain],
  ['lastCNILoadStatus', plain],
]);
/** `lastCNILoadStatus.default`, `lastCNILoadStatus.runhcs-wcow-process`: one for each handler with a network of its own. */
const LOAD_STATUS = 'lastCNILoadStatus.';

/** Keeps what may leave the node of the parsed `info` of a verbose Status. */
export const statusInfo: Allow = value => {
  if (!isObject(value)) return undefined;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, (key.startsWith(LOAD_STATUS) ? plain : BY_KEY.get(key))?.(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept);
};
