import {eventXml} from './events-xml.ts';
import {TestNode} from './node-files.ts';
import {DAY, ago} from './raw.ts';
import type {Json} from './raw.ts';

const PAUSE = 'registry.k8s.io/pause:3.10.1';
const IIS = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022';

/**
 * What the agent of a Windows Server 2022 node in order sends: kubeadm, containerd 2.2.7, flannel, started 30 days ago, with
 * the pod of `shop/web` that `healthy()` has on it.
 */
export function healthyNode(name: string): TestNode {
  const index = name.endsWith('2') ? 1 : 0;
  return new TestNode(name, 'windows', {
    'system.json': system(),
    'services.json': services(),
    'processes.json': processes(name),
    'cri/version.json': {
      version: '0.1.0',
      runtimeName: 'containerd',
      runtimeVersion: 'v2.2.7',
      runtimeApiVersion: 'v1',
    },
    'cri/status.json': status(),
    'cri/images.json': {
      images: [
        image(PAUSE, {size: '310000000', pinned: true, osVersion: '10.0.20348.4171'}),
        image(IIS, {size: '2500000000', pinned: false, osVersion: '10.0.20348.4171'}),
      ],
    },
    'cri/sandboxes.json': {items: [sandbox('shop', `web-${index}`)]},
    'cri/containers.json': {containers: [container('shop', `web-${index}`)]},
    'cri/stats.json': {
      stats: [],
      imageFs: {
        imageFilesystems: [
          {
            fsId: {mountpoint: 'C:\\ProgramData\\containerd\\root\\io.containerd.snapshotter.v1.windows'},
            usedBytes: {value: '2810000000'},
          },
        ],
        containerFilesystems: [],
      },
    },
    'cri/snapshots.json': {
      snapshots: [
        {key: 'sha256:1111', parent: '', kind: 'COMMITTED', snapshotter: 'windows', createdAt: ago(20 * DAY)},
        ...[`web-${index}`, `c-web-${index}`].map(key => ({
          key: idOf(key),
          parent: 'sha256:1111',
          kind: 'ACTIVE',
          snapshotter: 'windows',
          createdAt: ago(5 * DAY),
        })),
      ],
      containers: [`web-${index}`, `c-web-${index}`].map(key => ({
        id: idOf(key),
        image: PAUSE,
        snapshotter: 'windows',
        snapshotKey: idOf(key),
        createdAt: ago(5 * DAY),
      })),
    },
    'cri/config.toml': [
      'version = 3',
      "[plugins.'io.containerd.cri.v1.images'.pinned_images]",
      `sandbox = '${PAUSE}'`,
      "[plugins.'io.containerd.cri.v1.runtime'.cni]",
      String.raw`bin_dir = 'C:\opt\cni\bin'`,
      String.raw`conf_dir = 'C:\etc\cni\net.d'`,
      '',
    ].join('\n'),
    'cri/pause.json': {
      configured: {image: PAUSE, from: 'config'},
      seen: [{image: PAUSE, sandboxes: 1}],
      image: {
        present: true,
        pinned: true,
        osVersion: '10.0.20348.4171',
        os: 'windows',
        size: '310000000',
        id: `sha256:${idOf(PAUSE)}`,
        repoDigests: [],
        hasWincat: true,
      },
      disagreements: [],
    },
    'defender.json': {
      status: {antivirusEnabled: true, realTimeProtection: true, runningMode: 'Normal'},
      exclusions: {
        paths: ['C:\\ProgramData\\containerd', 'C:\\var\\lib\\kubelet', 'C:\\Program Files\\containerd'],
        processes: ['C:\\Program Files\\containerd\\containerd.exe', 'kubelet.exe'],
        extensions: [],
      },
    },
    'hcs/systems.json': [
      {
        Id: idOf(`web-${index}`),
        SystemType: 'Container',
        Owner: 'containerd-shim-runhcs-v1.exe',
        State: 'Running',
      },
      {
        Id: idOf(`c-web-${index}`),
        SystemType: 'Container',
        Owner: 'containerd-shim-runhcs-v1.exe',
        State: 'Running',
      },
    ],
    'net/ports.json': {
      dynamicRange: {protocol: 'tcp', start: 49_152, count: 16_384},
      used: 420,
      excludedRanges: [{protocol: 'tcp', start: 50_000, end: 50_059, administered: true}],
      freeBlocks64: 180,
    },
    'cni/10-flannel.conflist': {
      cniVersion: '1.0.0',
      name: 'flannel.4096',
      plugins: [{type: 'flannel', delegate: {type: 'sdnoverlay'}}],
    },
    'cni/bin.json': ['flannel.exe', 'host-local.exe', 'sdnbridge.exe', 'sdnoverlay.exe'],
    'registry/hns.json': {
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State': {EnableCompartmentNamespace: 1},
    },
    'hns/version.json': {Major: 13, Minor: 3},
    'hns/networks.json': [],
    'hns/endpoints.json': [],
    'hns/loadbalancers.json': [],
    'hns/namespaces.json': [],
    'eventlog/System.xml': eventXml([
      {
        provider: 'Service Control Manager',
        id: 7036,
        time: ago(29 * DAY),
        data: {param1: 'containerd', param2: 'running'},
      },
      {provider: 'Microsoft-Windows-Kernel-General', id: 16, time: ago(2 * 3600)},
    ]),
    'eventlog/Application.xml': eventXml([]),
    'eventlog/Microsoft-Windows-Containers-CCG-Admin.xml': eventXml([]),
    'logs/kubelet/kubelet.err.log':
      'I0901 11:59:40.000000    4244 kubelet.go:2406] "SyncLoop (housekeeping)"\n',
    'logs/kube-proxy/kube-proxy.log':
      'I0901 11:59:40.000000    4300 proxier.go:955] "syncProxyRules complete" elapsed="19.849ms"\n',
  });
}

/** Ids of containerd are 64 hexadecimal digits; these say whose they are. */
export function idOf(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0');
}

function system(): Json {
  const GiB = 1024 ** 3;
  return {
    productName: 'Windows Server 2022 Datacenter',
    build: 20_348,
    ubr: 5499,
    edition: 'ServerDatacenter',
    installationType: 'Server Core',
    hotfixes: ['KB5041160'],
    bootTime: ago(30 * DAY),
    now: ago(0),
    timeZone: 'UTC',
    memory: {total: 32 * GiB, available: 18 * GiB},
    commit: {limit: 48 * GiB, charge: 14 * GiB},
    disks: [{name: 'C:', fileSystem: 'NTFS', size: 128 * GiB, free: 70 * GiB}],
    features: ['Containers'],
    rebootPending: [],
    time: {leapIndicator: 0, stratum: 4, source: 'time.example.com', error: null},
    certificates: [
      {
        path: 'C:\\var\\lib\\kubelet\\pki\\kubelet-client-current.pem',
        role: 'kubelet-client',
        subject: 'system:node',
        issuer: 'kubernetes',
        notBefore: ago(30 * DAY),
        notAfter: ago(-335 * DAY),
      },
    ],
  };
}

const PIDS = {kubelet: 4244, containerd: 2300, hns: 1800, vmcompute: 1500, w32time: 900};

const running = (
  name: string,
  pid: number | null,
  startType = 'Automatic',
  threads: number | null = 20,
): Json => ({
  name,
  displayName: name,
  state: 'Running',
  startType,
  pid,
  startedAt: pid === null ? null : ago(30 * DAY - 60),
  threads: pid === null ? null : threads,
});

function services(): Json[] {
  return [
    running('kubelet', PIDS.kubelet),
    running('containerd', PIDS.containerd),
    running('hns', PIDS.hns, 'Manual', 34),
    running('vmcompute', PIDS.vmcompute, 'Manual'),
    running('vfpext', null, 'System'),
    running('w32time', PIDS.w32time),
  ];
}

const process = (pid: number, image: string, startedAt: string, flags: Json = {}): Json => ({
  pid,
  image,
  startedAt,
  threads: 24,
  flags,
});

function processes(name: string): Json[] {
  return [
    process(PIDS.kubelet, 'kubelet.exe', ago(30 * DAY - 60), {'hostname-override': name}),
    process(PIDS.containerd, 'containerd.exe', ago(30 * DAY - 60), {
      'log-file': 'C:\\var\\log\\containerd.log',
    }),
    process(4300, 'kube-proxy.exe', ago(30 * DAY - 120), {'hostname-override': name}),
  ];
}

function status(): Json {
  return {
    status: {
      conditions: [
        {type: 'RuntimeReady', status: true, reason: '', message: ''},
        {type: 'NetworkReady', status: true, reason: '', message: ''},
        {type: 'ContainerdHasNoDeprecationWarnings', status: true, reason: '', message: ''},
      ],
    },
    runtimeHandlers: [{name: ''}, {name: 'runhcs-wcow-process'}, {name: 'runhcs-wcow-hypervisor'}],
    cniconfig: {
      PluginDirs: ['C:\\opt\\cni\\bin'],
      PluginConfDir: 'C:\\etc\\cni\\net.d',
      PluginMaxConfNum: 1,
      Prefix: 'eth',
      Networks: [{Config: {Name: 'flannel.4096', CNIVersion: '1.0.0'}, IFName: 'eth0'}],
    },
    lastCNILoadStatus: 'OK',
    'lastCNILoadStatus.default': 'OK',
    config: {containerd: {defaultRuntimeName: 'runhcs-wcow-process'}},
    golang: 'go1.24.5',
  };
}

/** One image as `crictl images -o json` prints it, with what verbose ImageStatus adds. */
export function image(
  name: string,
  {size, pinned, osVersion}: {size: string; pinned: boolean; osVersion: string},
): Json {
  return {
    id: `sha256:${idOf(name).slice(0, 64)}`,
    repoTags: [name],
    repoDigests: [],
    size,
    uid: null,
    username: '',
    spec: null,
    pinned,
    info: {imageSpec: {architecture: 'amd64', os: 'windows', 'os.version': osVersion}},
  };
}

/** One sandbox as `crictl pods -o json` prints it. */
export function sandbox(namespace: string, name: string): Json {
  return {
    id: idOf(name),
    metadata: {name, uid: `pod-${namespace}-${name}`, namespace, attempt: 0},
    state: 'SANDBOX_READY',
    createdAt: `${Date.parse(ago(5 * DAY))}000000`,
    labels: {},
    annotations: {},
    runtimeHandler: '',
    info: {image: PAUSE},
  };
}

/** One container as `crictl ps -a -o json` prints it. */
export function container(namespace: string, pod: string): Json {
  return {
    id: idOf(`c-${pod}`),
    podSandboxId: idOf(pod),
    metadata: {name: 'iis', attempt: 0},
    image: {image: IIS},
    imageRef: IIS,
    state: 'CONTAINER_RUNNING',
    createdAt: `${Date.parse(ago(5 * DAY))}000000`,
    labels: {'io.kubernetes.pod.name': pod, 'io.kubernetes.pod.namespace': namespace},
  };
}
