import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {LabDir} from '../parts/places.ts';
import type {Ports} from '../parts/ports.ts';
import {PAUSE_IMAGE} from './images.ts';

/** The one node of a lab that is real. */
export const REAL_NODE = 'linux-real';

/** Everything of a real node that differs from lab to lab. */
export interface RealNode {
  /** The node's own; its kubelet listens on the first. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** By which its kubelet reaches the API server. */
  readonly kubeconfig: string;
  /** Where its containerd listens. */
  readonly socket: string;
  /** The plugin of CNI that makes its pods' network, and the addresses that pods get. */
  readonly pods: {readonly plugin: object; readonly subnets: readonly string[]};
  /** The bridge on this machine that its pods are plugged into; a node without one has a network and mounts of its own. */
  readonly bridge?: string;
  /** How large a container's log gets before it is rotated. */
  readonly logSize: string;
}

/** A real node in this machine's own network. Interface names hold 15 characters, so bridges are told apart by the lab's slot of ports. */
export function nodeOnMachine(
  lab: LabDir,
  {slot, ports, logSize}: {slot: number; ports: Ports; logSize: string},
): RealNode {
  const bridge = `kwlab${slot}`;
  return {
    addresses: [`10.250.${slot}.1`],
    port: ports.kubelet,
    kubeconfig: lab.kubeconfig('admin'),
    socket: lab.path('linux', 'containerd.sock'),
    pods: {
      plugin: {type: 'bridge', bridge, isGateway: true, ipMasq: false},
      subnets: [`10.250.${slot}.0/24`],
    },
    bridge,
    logSize,
  };
}

/** Name of the network of a real node's pods, by which CNI keeps its records. */
export function networkOf({name}: Pick<LabDir, 'name'>): string {
  return `kubectl-win-lab-${name}`;
}

/** Below which a real node's pods are limited. */
export function cgroupOf(lab: Pick<LabDir, 'name'>): string {
  return `/${networkOf(lab)}`;
}

/** Writes the configuration of containerd, CNI and kubelet into the lab's directory. */
export function writeNodeConfig(lab: LabDir, node: RealNode): void {
  const dir = (...names: string[]) => lab.path('linux', ...names);
  for (const name of ['root', 'state', 'cni', 'kubelet', 'pod-logs', 'plugins']) {
    mkdirSync(dir(name), {recursive: true});
  }
  writeFileSync(join(dir('cni'), '10-lab.conflist'), JSON.stringify(cniConfig(lab, node, dir('ipam'))));
  writeFileSync(dir('containerd.toml'), containerdConfig(node, dir));
  // What the machine's own has, searches above all, is not for pods of a lab.
  writeFileSync(dir('resolv.conf'), 'nameserver 192.168.77.53\n');
  writeFileSync(dir('kubelet.json'), JSON.stringify(kubeletConfig(lab, node, dir), null, 2));
}

function cniConfig(lab: LabDir, {pods: {plugin, subnets}}: RealNode, dataDir: string): object {
  const routes = subnets.map(subnet => ({dst: subnet.includes(':') ? '::/0' : '0.0.0.0/0'}));
  const ranges = subnets.map(subnet => [{subnet}]);
  return {
    cniVersion: '0.4.0',
    name: networkOf(lab),
    plugins: [{...plugin, ipam: {type: 'host-local', dataDir, ranges, routes}}],
  };
}

type Dir = (...names: string[]) => string;

function containerdConfig({socket, bridge}: RealNode, dir: Dir): string {
  return `version = 2
root = "${dir('root')}"
state = "${dir('state')}"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without it runc cannot start anything where the score of this process must not be lowered.
  restrict_oom_score_adj = true
  # Else in /run/netns, as nodes have it.
  netns_mounts_under_state_dir = ${bridge !== undefined}
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${dir('cni')}"
`;
}

/** Tolerant of cgroup v1, swap and file systems that cannot be measured, as machines that run tests have them. */
function kubeletConfig(lab: LabDir, {addresses, port, socket, logSize}: RealNode, dir: Dir): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: addresses[0],
    port,
    healthzPort: 0,
    authentication: {anonymous: {enabled: true}, webhook: {enabled: false}},
    authorization: {mode: 'AlwaysAllow'},
    cgroupDriver: 'cgroupfs',
    cgroupRoot: cgroupOf(lab),
    containerRuntimeEndpoint: `unix://${socket}`,
    podLogsDir: dir('pod-logs'),
    volumePluginDir: dir('plugins'),
    resolvConf: dir('resolv.conf'),
    makeIPTablesUtilChains: false,
    failSwapOn: false,
    failCgroupV1: false,
    localStorageCapacityIsolation: false,
    containerLogMaxSize: logSize,
    containerLogMaxFiles: 3,
    containerLogMonitorInterval: '3s',
    enableSystemLogQuery: true,
    featureGates: {NodeLogQuery: true},
    clusterDNS: ['10.96.0.10'],
    clusterDomain: 'cluster.local',
    evictionHard: {},
  };
}
