import {eventXml} from './events-xml.ts';
import {healthyHns} from './healthy-hns.ts';
import {NETWORK, sourceVipOf} from './healthy-hns-facts.ts';
import {healthyNetwork} from './healthy-network.ts';
import {healthyRuntime, idOf} from './healthy-runtime.ts';
import {TestNode} from './node-files.ts';
import {DAY, ago} from './raw.ts';
import type {Json} from './raw.ts';

/** As IIS images of Microsoft's own examples have it. */
const LOG_MONITOR_CONFIG = JSON.stringify({
  LogConfig: {
    sources: [
      {
        type: 'EventLog',
        startAtOldestRecord: true,
        eventFormatMultiLine: false,
        channels: [{name: 'system', level: 'Error'}],
      },
      {type: 'File', directory: String.raw`C:\inetpub\logs`, filter: '*.log', includeSubdirectories: true},
    ],
  },
});

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
    ...healthyRuntime(`web-${index}`),
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
    ...healthyNetwork(name, {namespace: 'shop', name: `web-${index}`}),
    [`logmonitor/shop_web-${index}_iis.json`]: {
      namespace: 'shop',
      pod: `web-${index}`,
      container: 'iis',
      runs: 'entrypoint',
      config: {path: String.raw`C:\LogMonitor\LogMonitorConfig.json`, text: LOG_MONITOR_CONFIG},
      configError: null,
      program: {path: String.raw`C:\LogMonitor\LogMonitor.exe`, bytes: 1_100_000, sha256: idOf('LogMonitor')},
      programError: null,
      version: '2.1.3.0',
    },
    'tasks.json': [{path: String.raw`\log-cleanup-task`, state: 'Ready', lastRun: ago(3600), lastResult: 0}],
    'net/ports.json': {
      dynamicRange: {protocol: 'tcp', start: 49_152, count: 16_384},
      used: 420,
      excludedRanges: [{protocol: 'tcp', start: 50_000, end: 50_059, administered: true}],
      freeBlocks64: 180,
    },
    'cni/10-flannel.conflist': {
      cniVersion: '1.0.0',
      name: NETWORK,
      plugins: [{type: 'flannel', delegate: {type: 'sdnoverlay'}}],
    },
    'cni/bin.json': ['flannel.exe', 'host-local.exe', 'sdnbridge.exe', 'sdnoverlay.exe'],
    'registry/hns.json': {
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State': {EnableCompartmentNamespace: 1},
    },
    ...healthyHns(name, {namespace: 'shop', name: `web-${index}`}),
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
    process(4300, 'kube-proxy.exe', ago(30 * DAY - 120), {
      'hostname-override': name,
      'proxy-mode': 'kernelspace',
      'network-name': NETWORK,
      'source-vip': sourceVipOf(name),
      'enable-dsr': 'false',
      'cluster-cidr': '10.244.0.0/16',
    }),
  ];
}
