import {createHash} from 'node:crypto';
import {DAY, ago} from './raw.ts';
import type {Json} from './raw.ts';

const PAUSE = 'registry.k8s.io/pause:3.10.1';
const IIS = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022';

/** What containerd 2.2.7 of a healthy node answers that has one pod, of namespace `shop`: files below its folder. */
export function healthyRuntime(pod: string): Record<string, Json> {
  return {
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
    'cri/sandboxes.json': {items: [sandbox('shop', pod)]},
    'cri/containers.json': {containers: [container('shop', pod)]},
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
    'cri/volumes.json': [
      {
        id: idOf(`c-${pod}`),
        namespace: 'shop',
        pod,
        container: 'iis',
        size: 21_337_473_024,
        free: 21_127_098_368,
        error: null,
      },
    ],
    'cri/snapshots.json': {
      snapshots: [
        {key: 'sha256:1111', parent: '', kind: 'COMMITTED', snapshotter: 'windows', createdAt: ago(20 * DAY)},
        ...[pod, `c-${pod}`].map(key => ({
          key: idOf(key),
          parent: 'sha256:1111',
          kind: 'ACTIVE',
          snapshotter: 'windows',
          createdAt: ago(5 * DAY),
        })),
      ],
      containers: [pod, `c-${pod}`].map(key => ({
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
  };
}

/** Ids of containerd are 64 hexadecimal digits; these say whose they are. */
export function idOf(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0');
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
    info: {image: PAUSE, runtimeSpec: {windows: {network: {networkNamespace: netnsOf(name)}}}},
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
    labels: {
      'io.kubernetes.pod.name': pod,
      'io.kubernetes.pod.namespace': namespace,
      'io.kubernetes.pod.uid': `pod-${namespace}-${pod}`,
    },
  };
}

/** The GUID that stands for a text, always the same: of version 4, in lower case. */
export function guidFrom(name: string): string {
  const hex = createHash('sha1').update(name).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** GUID of the network namespace of a pod's sandbox. */
export function netnsOf(pod: string): string {
  return guidFrom(`namespace/${pod}`);
}
