import {DAY, ago} from './raw.ts';
import type {Json, Raw} from './raw.ts';

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

/** CoreDNS, or another program of Linux. */
export function linuxPodSpec(image = 'registry.k8s.io/coredns/coredns:v1.12.1'): Json {
  return {
    nodeSelector: {'kubernetes.io/os': 'linux'},
    serviceAccountName: 'default',
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    containers: [{name: 'main', image, resources: {requests: {cpu: '100m', memory: '70Mi'}}}],
  };
}

/** An agent that runs on the Windows node itself. */
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
  const hostIP = nodeAddressOf(nodeName);
  const ip = spec.hostNetwork === true ? hostIP : addressOf(`${at.namespace}/${at.name}`, nodeName);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {...at, uid: `pod-${at.namespace}-${at.name}`, creationTimestamp: ago(20 * DAY), labels: {}},
    spec: {...spec, nodeName},
    status: {
      phase: 'Running',
      hostIP,
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

/** The address of a pod (`namespace/name`) in the range of its node; the first ten addresses are the network's own. */
export function addressOf(name: string, node: string): string {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 60_000;
  return `10.244.${nodeNumberOf(node)}.${10 + (hash % 240)}`;
}

/** The number at the end of a node's name, which its addresses have, too. */
export function nodeNumberOf(node: string): number {
  return Number(/\d+$/.exec(node)?.[0] ?? 0) % 200;
}

/** The InternalIP of a node of the healthy cluster. */
export function nodeAddressOf(node: string): string {
  return `192.168.10.${10 + nodeNumberOf(node)}`;
}
