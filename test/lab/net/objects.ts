import type {LabObject} from '../parts/api.ts';
import {BUSYBOX_IMAGE} from '../linux-node/images.ts';
import {BY_HAND} from '../scene/load.ts';
import {readScene} from '../scene/read.ts';
import {
  DNS_ADDRESSES,
  DOMAIN,
  NODE_PORT,
  WEB_PORT,
  type NetNode,
  type NetPod,
  type RealPod,
  type Topology,
} from './topology.ts';

const DNS_PORT = 53;
const IMAGES = {
  web: 'shop/web:1',
  api: 'shop/api:1',
  dns: 'registry.k8s.io/coredns/coredns:v1.15.0',
} as const;

/** A topology as Kubernetes objects: nodes, then Services, then pods with the addresses that they have. */
export function* netScene({nodes, pods, realPods}: Topology): Iterable<LabObject[]> {
  const [models = []] = readScene('healthy');
  yield nodes.map(node => nodeObject(node, models));
  yield [{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}}, corefile()];
  yield [
    service('shop', 'web', {type: 'NodePort', ports: [{...http(), nodePort: NODE_PORT}]}),
    service('shop', 'api', {ports: [http()]}),
    service('shop', 'peers', {clusterIP: 'None', selector: {app: 'api'}, ports: [http()]}),
    dnsService(),
  ];
  yield [...pods.map(podObject), ...realPods.map(realPodObject)];
}

function nodeObject(node: NetNode, models: readonly LabObject[]): LabObject {
  const {name, os, ip, ip6, podCidr, podCidr6, isReal} = node;
  const model = models.find(({metadata}) => metadata.name.startsWith(os === 'linux' ? 'linux' : 'win'));
  if (!model) throw new Error(`the scene healthy has no ${os} node to copy`);
  return {
    ...model,
    metadata: {
      name,
      labels: {'kubernetes.io/os': os, 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name},
      ...(isReal && {annotations: {[BY_HAND]: 'true'}}),
    },
    spec: {podCIDR: podCidr, podCIDRs: [podCidr, podCidr6]},
    status: {
      // A real kubelet says the rest itself.
      ...(isReal ? {} : statusOf(model)),
      addresses: [
        {type: 'InternalIP', address: ip},
        {type: 'InternalIP', address: ip6},
        {type: 'Hostname', address: name},
      ],
    },
  };
}

function statusOf({status}: LabObject): object {
  // A Node of a scene has one.
  return status as object;
}

function http(): object {
  return {name: 'http', port: 80, targetPort: WEB_PORT};
}

function service(namespace: string, name: string, spec: object): LabObject {
  const metadata = {namespace, name};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {ipFamilyPolicy: 'PreferDualStack', selector: {app: name}, ...spec},
  };
}

function dnsService(): LabObject {
  const {metadata, ...rest} = service('kube-system', 'kube-dns', {
    clusterIP: DNS_ADDRESSES[0],
    clusterIPs: DNS_ADDRESSES,
    selector: {'k8s-app': 'kube-dns'},
    ports: [
      {name: 'dns', protocol: 'UDP', port: DNS_PORT},
      {name: 'dns-tcp', protocol: 'TCP', port: DNS_PORT},
    ],
  });
  return {...rest, metadata: {...metadata, labels: {'k8s-app': 'kube-dns'}}};
}

function corefile(): LabObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {namespace: 'kube-system', name: 'coredns'},
    data: {Corefile: `.:53 {\n    kubernetes ${DOMAIN} in-addr.arpa ip6.arpa\n}\n`},
  };
}

function podObject(pod: NetPod): LabObject {
  const {app, node, ip, ip6} = pod;
  const started = new Date().toISOString();
  const isTrue = (type: string): object => ({type, status: 'True', lastTransitionTime: started});
  const conditions = ['PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready', 'PodScheduled'];
  return {
    ...podOf(pod, {
      ...(app === 'dns' && {dnsPolicy: 'Default'}),
      ...(node.os === 'windows' && {os: {name: 'windows'}}),
      containers: [{name: app, image: IMAGES[app]}],
    }),
    status: {
      phase: 'Running',
      startTime: started,
      hostIP: node.ip,
      hostIPs: [{ip: node.ip}, {ip: node.ip6}],
      podIP: ip,
      podIPs: [{ip}, {ip: ip6}],
      conditions: conditions.map(isTrue),
      containerStatuses: [
        {
          name: app,
          image: IMAGES[app],
          imageID: `${IMAGES[app]}@sha256:${'0'.repeat(64)}`,
          ready: true,
          started: true,
          restartCount: 0,
          state: {running: {startedAt: started}},
        },
      ],
    },
  };
}

function realPodObject(pod: RealPod): LabObject {
  return podOf(pod, {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: pod.app,
        image: BUSYBOX_IMAGE,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', `echo $HOSTNAME > index.html; exec httpd -f -p [::]:${WEB_PORT}`],
      },
    ],
  });
}

function podOf(
  {namespace, name, app, node}: Pick<NetPod, 'namespace' | 'name' | 'app' | 'node'>,
  spec: object,
): LabObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {namespace, name, labels: labelsOf(app, name)},
    spec: {nodeName: node.name, automountServiceAccountToken: false, ...spec},
  };
}

/** The second one is for Services of a single pod. */
function labelsOf(app: NetPod['app'], name: string): Record<string, string> {
  return {...(app === 'dns' ? {'k8s-app': 'kube-dns'} : {app}), 'lab.kubectl-win/pod': name};
}
