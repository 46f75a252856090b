import type {LabObject} from '../parts/api.ts';
import {readScene} from './read.ts';

/** How large the scene `large` is. */
export interface LargeOptions {
  /** Windows nodes, in equal parts of three builds. */
  nodes: number;
  /** Windows pods, in Deployments of at most 1,000, each behind a Service. */
  pods: number;
}

/** As many as the figures of the benchmarks are about. */
export const LARGE: LargeOptions = {nodes: 1000, pods: 10_000};

const BUILDS = [
  {build: '20348', kernel: '10.0.20348.5499', os: 'Windows Server 2022 Datacenter', tag: 'ltsc2022'},
  {build: '25398', kernel: '10.0.25398.2330', os: 'Windows Server 23H2 Datacenter', tag: 'ltsc2022'},
  {build: '26100', kernel: '10.0.26100.33296', os: 'Windows Server 2025 Datacenter', tag: 'ltsc2025'},
] as const;

const PODS_OF_ONE = 1000;

/** The objects of the scene: the system of `healthy`, then nodes by the hundred, then workloads. */
export function* largeScene({nodes, pods}: LargeOptions): Iterable<LabObject[]> {
  const [healthyNodes = [], system = []] = readScene('healthy');
  const linux = healthyNodes.filter(node => node.metadata.name.startsWith('linux'));
  const windows = healthyNodes.find(node => node.metadata.name.startsWith('win'));
  yield linux;
  yield system;
  if (!windows) throw new Error('the scene healthy has no Windows node to copy');
  yield Array.from({length: nodes}, (_, i) => windowsNode(windows, i));
  const deployments = Math.ceil(pods / PODS_OF_ONE);
  yield [{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'fleet'}}];
  for (let i = 0; i < deployments; i++) {
    yield workload(i, Math.min(PODS_OF_ONE, pods - i * PODS_OF_ONE));
  }
}

function buildAt(index: number): (typeof BUILDS)[number] {
  return BUILDS[index % BUILDS.length] ?? BUILDS[0];
}

function windowsNode(model: LabObject, index: number): LabObject {
  const name = `win-${String(index).padStart(4, '0')}`;
  const {build, kernel, os} = buildAt(index);
  const podCIDR = `10.${128 + (index >> 8)}.${index & 255}.0/24`;
  // The model is a Node of a scene.
  const {spec, status} = structuredClone(model) as {
    spec: object;
    status: {nodeInfo: object; addresses: object[]};
  } & LabObject;
  return {
    ...model,
    metadata: {
      name,
      labels: {
        'kubernetes.io/os': 'windows',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'node.kubernetes.io/windows-build': `10.0.${build}`,
      },
    },
    spec: {...spec, podCIDR, podCIDRs: [podCIDR]},
    status: {
      ...status,
      addresses: [
        {type: 'InternalIP', address: `192.168.${index >> 8}.${index & 255}`},
        {type: 'Hostname', address: name},
      ],
      nodeInfo: {...status.nodeInfo, kernelVersion: kernel, osImage: os, machineID: name},
    },
  };
}

function workload(index: number, replicas: number): LabObject[] {
  const name = `web-${index}`;
  const {build, tag} = buildAt(index);
  const metadata = {name, namespace: 'fleet', labels: {app: name}};
  const container = {
    name: 'web',
    image: `mcr.microsoft.com/windows/servercore/iis:windowsservercore-${tag}`,
    ports: [{containerPort: 80}],
    resources: {requests: {cpu: '50m', memory: '64Mi'}, limits: {memory: '256Mi'}},
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        selector: {matchLabels: {app: name}},
        template: {
          metadata: {labels: {app: name}},
          spec: {
            os: {name: 'windows'},
            nodeSelector: {
              'kubernetes.io/os': 'windows',
              'node.kubernetes.io/windows-build': `10.0.${build}`,
            },
            tolerations: [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}],
            automountServiceAccountToken: false,
            containers: [container],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {selector: {app: name}, ports: [{name: 'http', port: 80, targetPort: 80}]},
    },
  ];
}
