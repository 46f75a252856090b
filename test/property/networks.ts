import {calicoConfig, ipPool, ipamConfig} from '../helpers/calico.ts';
import {service} from '../helpers/raw.ts';
import {hostProcessPodSpec, linuxPodSpec, workload} from '../helpers/raw-pods.ts';
import type {Json} from '../helpers/raw.ts';
import {versionOf} from './fleet.ts';
import {NETWORKS} from './plan.ts';
import type {Network} from './plan.ts';
import type {World} from './world.ts';

/** DaemonSets, Deployments and settings of the cluster's own parts: DNS, kube-proxy, the pod network, storage. */
export function addSystem(world: World): void {
  addDns(world);
  addKubeProxy(world);
  const networks: readonly Network[] = NETWORKS[world.plan.provider];
  addNetwork(world, networks[world.plan.network % networks.length] ?? 'flannel');
  addProviderParts(world);
}

function addDns(world: World): void {
  const openshift = world.plan.provider === 'openshift';
  const at = openshift
    ? {namespace: 'openshift-dns', name: 'dns-default'}
    : {namespace: 'kube-system', name: world.plan.provider === 'gke' ? 'kube-dns' : 'coredns'};
  world.namespace(at.namespace);
  const spec: Json = linuxPodSpec();
  spec.priorityClassName = 'system-cluster-critical';
  spec.tolerations = [
    {key: 'CriticalAddonsOnly', operator: 'Exists'},
    {key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'},
  ];
  spec.containers[0].args = ['-conf', '/etc/coredns/Corefile'];
  spec.containers[0].ports = [
    {containerPort: 53, name: 'dns', protocol: 'UDP'},
    {containerPort: 53, name: 'dns-tcp', protocol: 'TCP'},
  ];
  spec.containers[0].livenessProbe = {httpGet: {path: '/health', port: 8080}};
  const made = openshift
    ? world.daemon('linux', at, spec)
    : workload('Deployment', at, spec, world.place('linux', 2));
  if (!openshift) world.add(...made);
  const front = service(
    {namespace: at.namespace, name: openshift ? 'dns-default' : 'kube-dns'},
    '10.96.0.10',
    53,
    made.filter(o => o.kind === 'Pod'),
  );
  world.add(...front);
}

function addKubeProxy(world: World): void {
  const {provider, minor, skew} = world.plan;
  const version = versionOf(provider, Math.max(31, minor - skew)).split('+')[0] ?? '';
  if (provider === 'openshift' || provider === 'rke2') return;
  const spec: Json = linuxPodSpec(`registry.k8s.io/kube-proxy:${version}`);
  spec.hostNetwork = true;
  spec.tolerations = [{operator: 'Exists'}];
  spec.containers[0].securityContext = {privileged: true};
  spec.containers[0].command = ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'];
  spec.volumes = [{name: 'modules', hostPath: {path: '/lib/modules'}}];
  if (provider === 'aks') {
    delete spec.nodeSelector;
    spec.affinity = linuxAffinity([{key: 'kubernetes.azure.com/cluster', operator: 'Exists'}]);
  }
  world.daemon('linux', {namespace: 'kube-system', name: 'kube-proxy'}, spec);
  if (provider !== 'kubeadm' || !world.plan.kubeProxyDaemon) return;
  const windows = hostProcessPodSpec(`sigwindowstools/kube-proxy:${version}-calico-hostprocess`);
  world.daemon('windows', {namespace: 'kube-system', name: 'kube-proxy-windows'}, windows);
}

function linuxAffinity(more: Json[] = []): Json {
  const matchExpressions = [...more, {key: 'kubernetes.io/os', operator: 'In', values: ['linux']}];
  return {
    nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions}]}},
  };
}

function agent(image: string): Json {
  const spec: Json = linuxPodSpec(image);
  spec.hostNetwork = true;
  spec.tolerations = [
    {operator: 'Exists', effect: 'NoSchedule'},
    {operator: 'Exists', effect: 'NoExecute'},
  ];
  spec.initContainers = [
    {name: 'install-cni', image, command: ['/bin/sh', '-c', 'cp /cni/* /host/opt/cni/bin']},
  ];
  spec.containers[0].securityContext = {privileged: true};
  return spec;
}

function addNetwork(world: World, network: Network): void {
  const daemons = (ns: string, linux: [string, string], windows?: [string, string]): void => {
    world.namespace(ns, {'pod-security.kubernetes.io/enforce': 'privileged'});
    world.daemon('linux', {namespace: ns, name: linux[0]}, agent(linux[1]));
    if (!windows) return;
    const spec = hostProcessPodSpec(windows[1]);
    spec.initContainers = [
      {
        name: 'install-cni',
        image: windows[1],
        command: ['$env:CONTAINER_SANDBOX_MOUNT_POINT/opt/install.exe'],
        resources: {limits: {memory: '128Mi'}},
      },
    ];
    world.daemon('windows', {namespace: ns, name: windows[0]}, spec);
  };
  switch (network) {
    case 'flannel':
    case 'flannel-rke2': {
      const own = network === 'flannel';
      daemons(
        own ? 'kube-flannel' : 'kube-system',
        [own ? 'kube-flannel-ds' : 'kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.27.4'],
        own ? ['kube-flannel-ds-windows-amd64', 'sigwindowstools/flannel:v0.27.4-hostprocess'] : undefined,
      );
      const conf = {Network: '10.244.0.0/16', Backend: {Type: 'vxlan', VNI: 4096, Port: 4789}};
      world.add({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'kube-flannel-cfg', namespace: own ? 'kube-flannel' : 'kube-system'},
        data: {'net-conf.json': JSON.stringify(conf, undefined, 2), 'cni-conf.json': '{"name": "cbr0"}'},
      });
      return;
    }
    case 'calico-operator':
    case 'calico-manifest': {
      const ns = network === 'calico-operator' ? 'calico-system' : 'kube-system';
      daemons(
        ns,
        ['calico-node', 'quay.io/calico/node:v3.31.2'],
        ['calico-node-windows', 'quay.io/calico/node-windows:v3.31.2'],
      );
      world.add(
        ipamConfig({strictAffinity: true, autoAllocateBlocks: true}),
        ipPool({vxlanMode: 'Always', ipipMode: 'Never', natOutgoing: true}),
      );
      if (network === 'calico-manifest') {
        world.add({
          ...calicoConfig({CALICO_NETWORKING_BACKEND: 'vxlan', KUBE_NETWORK: 'Calico.*'}),
          metadata: {namespace: ns, name: 'calico-windows-config'},
        });
        return;
      }
      const typha: Json = agent('quay.io/calico/typha:v3.31.2');
      world.add(
        ...workload('Deployment', {namespace: ns, name: 'calico-typha'}, typha, world.place('linux', 1)),
      );
      world.namespace('tigera-operator');
      world.add(
        ...workload(
          'Deployment',
          {namespace: 'tigera-operator', name: 'tigera-operator'},
          agent('quay.io/tigera/operator:v1.40.1'),
          world.place('linux', 1),
        ),
      );
      return;
    }
    case 'antrea':
      daemons(
        'kube-system',
        ['antrea-agent', 'docker.io/antrea/antrea-agent-ubuntu:v2.5.0'],
        ['antrea-agent-windows', 'docker.io/antrea/antrea-windows:v2.5.0'],
      );
      return;
    case 'azure':
      daemons(
        'kube-system',
        ['azure-cns', 'mcr.microsoft.com/containernetworking/azure-cns:v1.7.2'],
        ['azure-cns-win', 'mcr.microsoft.com/containernetworking/azure-cns:v1.7.2'],
      );
      return;
    case 'azure-cilium':
      daemons(
        'kube-system',
        ['cilium', 'mcr.microsoft.com/oss/cilium/cilium:1.18.4'],
        ['azure-cns-win', 'mcr.microsoft.com/containernetworking/azure-cns:v1.7.2'],
      );
      return;
    case 'aws':
      daemons('kube-system', [
        'aws-node',
        '602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.20.4',
      ]);
      world.add({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'amazon-vpc-cni', namespace: 'kube-system'},
        data: {'enable-windows-ipam': 'true', 'enable-network-policy-controller': 'false'},
      });
      return;
    case 'gke':
      daemons('kube-system', ['netd', 'gke.gcr.io/netd:v0.7.9']);
      return;
    case 'ovn':
      daemons('openshift-ovn-kubernetes', [
        'ovnkube-node',
        'quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:1234',
      ]);
      return;
  }
}

/** Storage drivers, node agents and permissions that each provider's clusters come with. */
function addProviderParts(world: World): void {
  const {provider, awsAuth, mirrors} = world.plan;
  if (provider === 'aks') {
    for (const name of ['csi-azuredisk-node-win', 'csi-azurefile-node-win', 'cloud-node-manager-windows']) {
      const spec = hostProcessPodSpec(`mcr.microsoft.com/oss/v2/${name}:v1.34.1`);
      world.daemon('windows', {namespace: 'kube-system', name}, spec);
    }
    const metrics = linuxPodSpec('mcr.microsoft.com/oss/v2/kubernetes/metrics-server:v0.7.2');
    world.add(
      ...workload(
        'Deployment',
        {namespace: 'kube-system', name: 'metrics-server'},
        metrics,
        world.place('linux', 1),
      ),
    );
  }
  if (provider === 'eks' && awsAuth) {
    world.add({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: 'aws-auth', namespace: 'kube-system'},
      data: {
        mapRoles:
          '- rolearn: arn:aws:iam::111122223333:role/invented\n  username: system:node:{{EC2PrivateDNSName}}\n  groups:\n  - system:bootstrappers\n  - system:nodes\n  - eks:kube-proxy-windows\n',
      },
    });
  }
  if (provider === 'openshift') {
    world.namespace('openshift-windows-machine-config-operator');
    world.add(
      ...workload(
        'Deployment',
        {namespace: 'openshift-windows-machine-config-operator', name: 'windows-machine-config-operator'},
        linuxPodSpec('registry.redhat.io/openshift4-wincw/windows-machine-config-rhel9-operator:10.20.0'),
        world.place('linux', 1),
      ),
    );
  }
  if (provider === 'rke2') {
    world.namespace('cattle-system');
    world.add(
      ...workload(
        'Deployment',
        {namespace: 'cattle-system', name: 'cattle-cluster-agent'},
        linuxPodSpec('rancher/rancher-agent:v2.12.3'),
        world.place('linux', 2),
      ),
    );
  }
  const [first] = world.on('linux');
  if (mirrors && first && (provider === 'kubeadm' || provider === 'rke2')) {
    for (const name of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd']) {
      world.mirror(name, first, `registry.k8s.io/${name}:v1.35.4`);
    }
  }
}
