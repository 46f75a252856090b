import type {Raw} from '../helpers/raw.ts';
import {hostProcessPodSpec, linuxPodSpec, windowsPodSpec, workload} from '../helpers/raw-pods.ts';
import {lease, linuxNode, windowsNode} from '../helpers/raw-nodes.ts';
import {namespace, service} from '../helpers/raw.ts';
import {TestCluster} from '../helpers/cluster.ts';

export const LINUX_NODES = ['linux-1', 'linux-2'];
export const WINDOWS_NODES = ['win-1', 'win-2', 'win-3', 'win-4'];

const IMAGE = 'registry.example.com';

/** A Windows pod specification of one of the shop's own programs. */
export function programSpec(name: string, tag = 'ltsc2022'): Raw['spec'] {
  const spec = windowsPodSpec(`${IMAGE}/${name}:4.2-windowsservercore-${tag}`);
  spec.containers[0].name = name.slice(name.lastIndexOf('/') + 1);
  return spec;
}

/** A shop on four Windows and two Linux nodes, in order. */
export function shop(): TestCluster {
  const dns = workload(
    'Deployment',
    {namespace: 'kube-system', name: 'coredns'},
    linuxPodSpec(),
    LINUX_NODES,
  );
  const gateway = workload(
    'Deployment',
    {namespace: 'shop', name: 'gateway'},
    linuxPodSpec(`${IMAGE}/shop/gateway:2.8.1`),
    LINUX_NODES,
  );
  const catalog = windows('shop', 'catalog', ['win-1', 'win-2', 'win-3']);
  const checkout = windows('shop', 'checkout', ['win-3', 'win-4']);
  return new TestCluster([
    ...[
      'default',
      'kube-system',
      'kube-public',
      'kube-node-lease',
      'shop',
      'billing',
      'payments',
      'reports',
    ].map(name => namespace(name)),
    ...['kube-flannel', 'monitoring'].map(name =>
      namespace(name, {'pod-security.kubernetes.io/enforce': 'privileged'}),
    ),
    ...LINUX_NODES.map((name, i) => linuxNode(name, i)),
    ...WINDOWS_NODES.map((name, i) => windowsNode(name, i + LINUX_NODES.length)),
    ...[...LINUX_NODES, ...WINDOWS_NODES].map(lease),
    ...dns,
    ...service({namespace: 'kube-system', name: 'kube-dns'}, '10.96.0.10', 53, dns.filter(isPod)),
    ...windowsDaemon(
      'kube-system',
      'kube-proxy-windows',
      'sigwindowstools/kube-proxy:v1.35.4-calico-hostprocess',
    ),
    ...windowsDaemon(
      'kube-flannel',
      'kube-flannel-ds-windows-amd64',
      'sigwindowstools/flannel:v0.27.0-hostprocess',
    ),
    flannelConfig(),
    ...gateway,
    ...service({namespace: 'shop', name: 'gateway'}, '10.96.30.1', 80, gateway.filter(isPod)),
    ...catalog,
    ...service({namespace: 'shop', name: 'catalog'}, '10.96.30.2', 80, catalog.filter(isPod)),
    ...checkout,
    ...service({namespace: 'shop', name: 'checkout'}, '10.96.30.3', 80, checkout.filter(isPod)),
  ]);
}

/** A Deployment of a program on Windows nodes, ready. */
export function windows(namespace: string, name: string, nodes: string[], tag?: string): Raw[] {
  return workload('Deployment', {namespace, name}, programSpec(`${namespace}/${name}`, tag), nodes);
}

function windowsDaemon(namespace: string, name: string, image: string): Raw[] {
  return workload('DaemonSet', {namespace, name}, hostProcessPodSpec(image), WINDOWS_NODES);
}

function isPod(object: Raw): boolean {
  return object.kind === 'Pod';
}

function flannelConfig(): Raw {
  const network = {Network: '10.244.0.0/16', Backend: {Type: 'vxlan', VNI: 4096, Port: 4789}};
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {name: 'kube-flannel-cfg', namespace: 'kube-flannel'},
    data: {'net-conf.json': JSON.stringify(network)},
  };
}
