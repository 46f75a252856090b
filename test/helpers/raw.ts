/** Objects of a healthy cluster as the API server answers them: JSON, every field open to change. */

// oxlint-disable-next-line typescript/no-explicit-any -- tests break objects in ways that no type allows
export type Json = any;

export interface Raw {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace?: string; [field: string]: Json};
  [field: string]: Json;
}

/** The moment at which the healthy cluster was looked at. */
export const NOW = '2026-09-01T12:00:00Z';

/** A time so many seconds before `NOW`. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString().replace('.000Z', 'Z');
}

const DAY = 86_400;

const conditions = (windows: boolean) => [
  condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
  condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
  condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
  ...(windows ? [] : [condition('NetworkUnavailable', 'False', 'FlannelIsUp')]),
  condition('Ready', 'True', 'KubeletReady'),
];

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

export function lease(name: string): Raw {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {name, namespace: 'kube-node-lease'},
    spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime: ago(4)},
  };
}

export function namespace(name: string, labels: Record<string, string> = {}): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name, labels: {'kubernetes.io/metadata.name': name, ...labels}},
    status: {phase: 'Active'},
  };
}

/** Scheduling terms and resources as a careful author writes them for Windows. */
export function windowsPodSpec(
  image = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022',
): Json {
  return {
    os: {name: 'windows'},
    nodeSelector: {'kubernetes.io/os': 'windows', 'node.kubernetes.io/windows-build': '10.0.20348'},
    tolerations: [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}],
    serviceAccountName: 'default',
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: 'web',
        image,
        ports: [{containerPort: 80, protocol: 'TCP'}],
        resources: {requests: {cpu: '500m', memory: '1Gi'}, limits: {cpu: '2', memory: '2Gi'}},
        readinessProbe: {httpGet: {path: '/', port: 80}},
      },
    ],
  };
}

export function linuxPodSpec(image = 'registry.k8s.io/coredns/coredns:v1.12.1'): Json {
  return {
    nodeSelector: {'kubernetes.io/os': 'linux'},
    serviceAccountName: 'default',
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    containers: [{name: 'main', image, resources: {requests: {cpu: '100m', memory: '70Mi'}}}],
  };
}

export function hostProcessPodSpec(image: string): Json {
  return {
    os: {name: 'windows'},
    nodeSelector: {'kubernetes.io/os': 'windows'},
    tolerations: [{operator: 'Exists'}],
    hostNetwork: true,
    serviceAccountName: 'default',
    restartPolicy: 'Always',
    securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}},
    containers: [
      {
        name: 'main',
        image,
        resources: {requests: {cpu: '100m', memory: '128Mi'}, limits: {memory: '512Mi'}},
      },
    ],
  };
}

/** A workload with its pods, ready and running on the nodes named. */
export function workload(
  kind: 'Deployment' | 'DaemonSet' | 'StatefulSet',
  at: {namespace: string; name: string},
  spec: Json,
  nodes: string[],
): Raw[] {
  const labels = {app: at.name};
  const owner: Raw = {
    apiVersion: 'apps/v1',
    kind,
    metadata: {...at, uid: `${kind}-${at.namespace}-${at.name}`, labels, creationTimestamp: ago(20 * DAY)},
    spec: {
      ...(kind !== 'DaemonSet' && {replicas: nodes.length}),
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec},
    },
    status:
      kind === 'DaemonSet'
        ? {desiredNumberScheduled: nodes.length, numberReady: nodes.length, numberMisscheduled: 0}
        : {replicas: nodes.length, readyReplicas: nodes.length, availableReplicas: nodes.length},
  };
  const hash = '5d4f8c7b9';
  const parent =
    kind === 'Deployment'
      ? [
          {
            ...owner,
            kind: 'ReplicaSet',
            metadata: {
              ...owner.metadata,
              name: `${at.name}-${hash}`,
              uid: `ReplicaSet-${at.namespace}-${at.name}`,
              ownerReferences: [reference('Deployment', at.name)],
            },
          },
        ]
      : [];
  const controller =
    kind === 'Deployment' ? reference('ReplicaSet', `${at.name}-${hash}`) : reference(kind, at.name);
  const podLabels = kind === 'Deployment' ? {...labels, 'pod-template-hash': hash} : labels;
  const pods = nodes.map((nodeName, i) => ({
    ...pod({...at, name: `${at.name}-${i}`}, structuredClone(spec), nodeName),
    metadata: {
      ...at,
      name: `${at.name}-${i}`,
      uid: `pod-${at.namespace}-${at.name}-${i}`,
      labels: podLabels,
      ownerReferences: [controller],
      creationTimestamp: ago(20 * DAY),
    },
  }));
  return [structuredClone(owner), ...structuredClone(parent), ...pods];
}

function reference(kind: string, name: string): object {
  return {apiVersion: 'apps/v1', kind, name, uid: `${kind}-${name}`, controller: true};
}

/** A pod that runs and is ready. */
export function pod(at: {namespace: string; name: string}, spec: Json, nodeName: string): Raw {
  const ip = addressOf(`${at.namespace}/${at.name}`);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {...at, uid: `pod-${at.namespace}-${at.name}`, creationTimestamp: ago(20 * DAY), labels: {}},
    spec: {...spec, nodeName},
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ip}],
      startTime: ago(20 * DAY),
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(type => ({
        type,
        status: 'True',
        lastTransitionTime: ago(20 * DAY),
      })),
      containerStatuses: spec.containers.map((c: Json) => ({
        name: c.name,
        image: c.image,
        imageID: `${c.image}@sha256:${'0'.repeat(64)}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: {running: {startedAt: ago(20 * DAY)}},
        lastState: {},
      })),
    },
  };
}

function addressOf(name: string): string {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 60_000;
  return `10.244.${1 + (hash >> 8)}.${1 + (hash % 250)}`;
}

/** A Service with its EndpointSlice over the pods given. */
export function service(
  at: {namespace: string; name: string},
  clusterIP: string,
  port: number,
  pods: Raw[],
): Raw[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {...at, uid: `svc-${at.namespace}-${at.name}`, creationTimestamp: ago(20 * DAY)},
      spec: {
        type: 'ClusterIP',
        clusterIP,
        clusterIPs: [clusterIP],
        selector: {app: pods[0]?.metadata['labels'].app},
        ports: [{name: 'main', port, targetPort: port, protocol: 'TCP'}],
        internalTrafficPolicy: 'Cluster',
        sessionAffinity: 'None',
      },
      status: {loadBalancer: {}},
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {...at, name: `${at.name}-abcde`, labels: {'kubernetes.io/service-name': at.name}},
      addressType: 'IPv4',
      endpoints: pods.map(p => ({
        addresses: [p['status'].podIP],
        conditions: {ready: true, serving: true, terminating: false},
        nodeName: p['spec'].nodeName,
        targetRef: {kind: 'Pod', namespace: at.namespace, name: p.metadata.name},
      })),
      ports: [{name: 'main', port, protocol: 'TCP'}],
    },
  ];
}

/** An event of the last minutes. */
export function event(
  of: Raw,
  reason: string,
  message: string,
  more: {
    type?: string;
    component?: string;
    count?: number;
    host?: string;
    last?: string;
    first?: string;
  } = {},
): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${of.metadata.name}.${reason.toLowerCase()}.${message.length}`,
      namespace: of.metadata.namespace ?? 'default',
    },
    type: more.type ?? 'Warning',
    reason,
    message,
    involvedObject: {
      apiVersion: of.apiVersion,
      kind: of.kind,
      name: of.metadata.name,
      ...(of.metadata.namespace !== undefined && {namespace: of.metadata.namespace}),
    },
    source: {component: more.component ?? 'kubelet', host: more.host ?? ''},
    count: more.count ?? 5,
    firstTimestamp: more.first ?? ago(600),
    lastTimestamp: more.last ?? ago(30),
  };
}
