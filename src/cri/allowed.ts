import {byName, fields, list, plain, plainFields} from './allow.ts';
import type {Allow} from './allow.ts';
import {commandLineProgram, withoutArguments} from './arguments.ts';

/**
 * What of a runtime's verbose `info` may leave the node. It carries everything that a pod was started with, each
 * environment value in clear, so that what is not named here stays out
 * (https://github.com/containerd/containerd/tree/main/internal/cri/types).
 */

const command: Allow = withoutArguments;
const commandLine: Allow = value => (value === undefined ? undefined : commandLineProgram(value));

/** Labels and annotations that the kubelet and containerd set; a pod's own say nothing about the runtime and may hold anything. */
export const MARKS = plainFields(
  'io.kubernetes.pod.name',
  'io.kubernetes.pod.namespace',
  'io.kubernetes.pod.uid',
  'io.kubernetes.pod.terminationGracePeriod',
  'io.kubernetes.container.name',
  'io.kubernetes.container.hash',
  'io.kubernetes.container.ports',
  'io.kubernetes.container.restartCount',
  'io.kubernetes.container.terminationMessagePath',
  'io.kubernetes.container.terminationMessagePolicy',
  'io.kubernetes.cri.container-name',
  'io.kubernetes.cri.container-type',
  'io.kubernetes.cri.image-name',
  'io.kubernetes.cri.podsandbox.image-name',
  'io.kubernetes.cri.runtime-handler',
  'io.kubernetes.cri.sandbox-id',
  'io.kubernetes.cri.sandbox-name',
  'io.kubernetes.cri.sandbox-namespace',
  'io.kubernetes.cri.sandbox-uid',
  'io.kubernetes.cri-o.ContainerType',
  'io.kubernetes.cri-o.ImageName',
  'kubernetes.io/config.hash',
  'kubernetes.io/config.mirror',
  'kubernetes.io/config.seen',
  'kubernetes.io/config.source',
  'microsoft.com/disable-hostprocess-container',
  'microsoft.com/hostprocess-container',
  'microsoft.com/hostprocess-inherit-user',
  'microsoft.com/hostprocess-rootfs-location',
);

/** Options of runhcs and runc (https://github.com/microsoft/hcsshim/blob/main/cmd/containerd-shim-runhcs-v1/options/runhcs.proto). */
const runtimeOptions = fields({
  ...plainFields(
    'debug',
    'debug_type',
    'sandbox_image',
    'sandbox_platform',
    'sandbox_isolation',
    'scrub_logs',
  ),
  ...plainFields('Debug', 'DebugType', 'SandboxImage', 'SandboxPlatform', 'SandboxIsolation', 'ScrubLogs'),
  ...plainFields(
    'share_scratch',
    'ShareScratch',
    'systemd_cgroup',
    'SystemdCgroup',
    'binary_name',
    'BinaryName',
  ),
  ...plainFields('type_url', 'TypeUrl', 'config_path', 'ConfigPath'),
});

const cniResult = fields({
  Interfaces: byName(
    fields({...plainFields('Mac', 'Sandbox'), IPConfigs: list(fields(plainFields('IP', 'Gateway')))}),
  ),
  DNS: list(
    fields({...plainFields('domain'), nameservers: list(plain), search: list(plain), options: list(plain)}),
  ),
  Routes: list(fields(plainFields('dst', 'gw', 'mtu'))),
});

const windowsSpec = fields({
  layerFolders: list(plain),
  ignoreFlushesDuringBoot: plain,
  hyperv: fields(plainFields('utilityVMPath')),
  network: fields({
    ...plainFields('networkNamespace', 'allowUnqualifiedDNSQuery', 'networkSharedContainerName'),
    endpointList: list(plain),
    DNSSearchList: list(plain),
  }),
  resources: fields({
    memory: fields(plainFields('limit')),
    cpu: fields(plainFields('count', 'shares', 'maximum')),
    storage: fields(plainFields('iops', 'bps', 'sandboxSize')),
  }),
});

const runtimeSpec = fields({
  ...plainFields('ociVersion', 'hostname'),
  annotations: fields(MARKS),
  process: fields({
    ...plainFields('cwd', 'terminal'),
    args: command,
    commandLine,
    user: fields(plainFields('uid', 'gid', 'username')),
  }),
  windows: windowsSpec,
  linux: fields({cgroupsPath: plain, namespaces: list(fields(plainFields('type', 'path')))}),
});

const windowsConfig = fields({
  resources: fields(
    plainFields('cpu_shares', 'cpu_count', 'cpu_maximum', 'memory_limit_in_bytes', 'rootfs_size_in_bytes'),
  ),
  security_context: fields(plainFields('host_process', 'run_as_username')),
});

const sandboxConfig = fields({
  metadata: fields(plainFields('name', 'uid', 'namespace', 'attempt')),
  ...plainFields('hostname', 'log_directory'),
  dns_config: fields({servers: list(plain), searches: list(plain), options: list(plain)}),
  port_mappings: list(fields(plainFields('protocol', 'container_port', 'host_port', 'host_ip'))),
  windows: windowsConfig,
  linux: fields(plainFields('cgroup_parent')),
});

const RUNTIME = {
  ...plainFields('pid', 'removing', 'snapshotKey', 'snapshotter', 'runtimeType'),
  runtimeOptions,
  runtimeSpec,
};

/** `info` of a verbose PodSandboxStatus. */
export const sandboxInfo = fields({
  ...RUNTIME,
  ...plainFields('processStatus', 'netNamespaceClosed', 'image', 'runtimeHandler'),
  cniResult,
  config: sandboxConfig,
  sandboxMetadata: fields({
    Version: plain,
    Metadata: fields({...plainFields('NetNSPath', 'RuntimeHandler', 'IP'), AdditionalIPs: list(plain)}),
  }),
});

/** `info` of a verbose ContainerStatus. */
export const containerInfo = fields({
  ...RUNTIME,
  ...plainFields('sandboxID', 'image'),
  config: fields({
    metadata: fields(plainFields('name', 'attempt')),
    image: fields(plainFields('image', 'user_specified_image', 'runtime_handler')),
    command,
    args: value => withoutArguments(['', ...(Array.isArray(value) ? value : [])])?.slice(1),
    ...plainFields('working_dir', 'log_path', 'tty', 'stdin'),
    mounts: list(fields(plainFields('container_path', 'host_path', 'readonly', 'image_sub_path'))),
    windows: windowsConfig,
  }),
});

/** `info` of a verbose ImageStatus; `imageSpec` is an OCI image, whose configuration and history hold environment and commands. */
export const imageInfo = fields({
  chainID: plain,
  imageSpec: fields({
    ...plainFields('architecture', 'os', 'os.version', 'variant', 'created'),
    'os.features': list(plain),
    config: fields({
      ...plainFields('User', 'WorkingDir', 'ArgsEscaped', 'StopSignal'),
      Entrypoint: command,
      Cmd: value => withoutArguments(['', ...(Array.isArray(value) ? value : [])])?.slice(1),
    }),
  }),
});
