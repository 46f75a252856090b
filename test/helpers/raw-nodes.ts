import {DAY, ago} from './raw.ts';
import type {Raw} from './raw.ts';

const conditions = (windows: boolean) => [
  condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
  condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
  condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
  ...(windows ? [] : [condition('NetworkUnavailable', 'False', 'FlannelIsUp')]),
  condition('Ready', 'True', 'KubeletReady'),
];

/** A condition that has stood for a month. */
export function condition(
  type: string,
  status: string,
  reason: string,
  message = '',
): Record<string, string> {
  return {type, status, reason, message, lastTransitionTime: ago(30 * DAY), lastHeartbeatTime: ago(20)};
}

/** A Windows Server 2022 node of kubeadm's making. */
export function windowsNode(name: string, index: number): Raw {
  return node(name, index, {
    os: 'windows',
    osImage: 'Windows Server 2022 Datacenter',
    kernelVersion: '10.0.20348.5499',
    labels: {'node.kubernetes.io/windows-build': '10.0.20348'},
    taints: [{key: 'os', value: 'windows', effect: 'NoSchedule'}],
    images: [
      {names: ['registry.k8s.io/pause:3.10.1'], sizeBytes: 310_000_000},
      {
        names: ['mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022'],
        sizeBytes: 2_500_000_000,
      },
    ],
  });
}

/** A Linux node of the same cluster. */
export function linuxNode(name: string, index: number): Raw {
  return node(name, index, {
    os: 'linux',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    kernelVersion: '6.1.0-30-amd64',
    labels: {},
    taints: [],
    images: [{names: ['registry.k8s.io/coredns/coredns:v1.12.1'], sizeBytes: 22_000_000}],
  });
}

interface NodeFacts {
  os: string;
  osImage: string;
  kernelVersion: string;
  labels: Record<string, string>;
  taints: object[];
  images: object[];
}

function node(name: string, index: number, facts: NodeFacts): Raw {
  const capacity = {cpu: '8', memory: '33554432Ki', pods: '110', 'ephemeral-storage': '134217728Ki'};
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `node-${name}`,
      creationTimestamp: ago(60 * DAY),
      labels: {
        'kubernetes.io/os': facts.os,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        ...facts.labels,
      },
      annotations: {},
    },
    spec: {podCIDR: `10.244.${index}.0/24`, podCIDRs: [`10.244.${index}.0/24`], taints: facts.taints},
    status: {
      capacity,
      allocatable: {...capacity, cpu: '7600m', memory: '29360128Ki'},
      conditions: conditions(facts.os === 'windows'),
      addresses: [
        {type: 'InternalIP', address: `192.168.10.${10 + index}`},
        {type: 'Hostname', address: name},
      ],
      nodeInfo: {
        operatingSystem: facts.os,
        architecture: 'amd64',
        osImage: facts.osImage,
        kernelVersion: facts.kernelVersion,
        kubeletVersion: 'v1.35.4',
        kubeProxyVersion: '',
        containerRuntimeVersion: 'containerd://2.2.7',
        bootID: `boot-${name}`,
        machineID: name,
        systemUUID: name,
      },
      images: facts.images,
    },
  };
}

/** The heartbeat of a node that is alive. */
export function lease(name: string): Raw {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {name, namespace: 'kube-node-lease'},
    spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime: ago(4)},
  };
}
