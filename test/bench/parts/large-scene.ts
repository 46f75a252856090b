import {setTimeout as wait} from 'node:timers/promises';
import {loadObjects} from '../../lab/scene/load.ts';
import type {LabObject} from '../../lab/parts/api.ts';
import type {TestLab} from '../../lab/lab.ts';

const BUILDS = [
  {build: '10.0.20348', year: 2022},
  {build: '10.0.17763', year: 2019},
  {build: '10.0.26100', year: 2025},
] as const;
const IMAGES_ON_A_NODE = 20;
const PODS_OF_A_DEPLOYMENT = 500;
const SETTLE_TRIES = 600;

/** Fills a lab up to so many Windows nodes and pods: ten pods a node, Deployments of 500. */
export class LargeScene {
  readonly #lab: TestLab;
  #nodes = 0;
  #deployments = 0;

  constructor(lab: TestLab) {
    this.#lab = lab;
  }

  async grow(nodes: number, pods: number): Promise<void> {
    const fresh: LabObject[] = [];
    for (; this.#nodes < nodes; this.#nodes++) fresh.push(node(this.#nodes));
    const deployments: LabObject[] = [];
    for (; this.#deployments * PODS_OF_A_DEPLOYMENT < pods; this.#deployments++) {
      deployments.push(deployment(this.#deployments));
    }
    await loadObjects(this.#lab.api, [fresh, deployments]);
    await this.#settle(this.#deployments * PODS_OF_A_DEPLOYMENT);
  }

  async #settle(pods: number): Promise<void> {
    for (let tries = 0; tries < SETTLE_TRIES; tries++) {
      const names = await this.#lab.kubectl([
        'get',
        'pods',
        '-n',
        'default',
        '--field-selector=status.phase=Running',
        '-o',
        'name',
      ]);
      if (names.split('\n').filter(Boolean).length >= pods) return;
      await wait(1000);
    }
    throw new Error(`${pods} pods did not come to run`);
  }
}

function node(index: number): LabObject {
  const {build, year} = BUILDS[index % BUILDS.length] ?? BUILDS[0];
  const name = `large-${index}`;
  const capacity = {cpu: '16', memory: '64Gi', pods: '110'};
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/os': 'windows',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'node.kubernetes.io/windows-build': build,
      },
    },
    spec: {taints: [{key: 'os', value: 'windows', effect: 'NoSchedule'}]},
    status: {
      capacity,
      allocatable: capacity,
      conditions: [{type: 'Ready', status: 'True', reason: 'KubeletReady', message: ''}],
      addresses: [{type: 'InternalIP', address: `10.1.${index >> 8}.${index & 255}`}],
      images: Array.from({length: IMAGES_ON_A_NODE}, (_, i) => ({
        names: [`registry.example/team-${i}/service:${year}`],
        sizeBytes: 1_000_000_000 + i,
      })),
      nodeInfo: {
        operatingSystem: 'windows',
        architecture: 'amd64',
        osImage: `Windows Server ${year} Datacenter`,
        kernelVersion: `${build}.4000`,
        containerRuntimeVersion: 'containerd://2.1.6',
        kubeletVersion: 'v1.35.4',
        kubeProxyVersion: '',
        bootID: name,
        machineID: name,
        systemUUID: name,
      },
    },
  };
}

function deployment(index: number): LabObject {
  const name = `large-${index}`;
  const labels = {app: name};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name, namespace: 'default'},
    spec: {
      replicas: PODS_OF_A_DEPLOYMENT,
      selector: {matchLabels: labels},
      template: {
        metadata: {labels},
        spec: {
          nodeSelector: {'kubernetes.io/os': 'windows'},
          tolerations: [{operator: 'Exists'}],
          containers: [
            {
              name: 'web',
              image: 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022',
              ports: [{containerPort: 80}],
              resources: {requests: {cpu: '10m', memory: '10Mi'}},
            },
          ],
        },
      },
    },
  };
}
