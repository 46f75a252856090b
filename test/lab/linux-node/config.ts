import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {LabDir} from '../parts/places.ts';
import type {Ports} from '../parts/ports.ts';
import {PAUSE_IMAGE} from './images.ts';

/** Everything of a real node that must differ from lab to lab. */
export interface NodePlaces {
  name: string;
  bridge: string;
  /** Address of the bridge: the node's own, on which its kubelet listens. */
  address: string;
  subnet: string;
  network: string;
  cgroup: string;
  socket: string;
}

/** Interface names hold 15 characters, so places are told apart by the lab's slot of ports. */
export function placesOf(lab: LabDir, slot: number): NodePlaces {
  return {
    name: 'linux-real',
    bridge: `kwlab${slot}`,
    address: `10.250.${slot}.1`,
    subnet: `10.250.${slot}.0/24`,
    network: `kubectl-win-lab-${lab.name}`,
    cgroup: `/kubectl-win-lab-${lab.name}`,
    socket: lab.path('linux', 'containerd.sock'),
  };
}

/** What differs from lab to lab. */
interface Choice {
  ports: Ports;
  /** How large a container's log gets before it is rotated. */
  logSize: string;
}

/** Writes the configuration of containerd, CNI and kubelet into the lab's directory. */
export function writeNodeConfig(lab: LabDir, places: NodePlaces, choice: Choice): void {
  const dir = (...names: string[]) => lab.path('linux', ...names);
  for (const name of ['root', 'state', 'cni', 'kubelet', 'pod-logs', 'plugins']) {
    mkdirSync(dir(name), {recursive: true});
  }
  writeFileSync(join(dir('cni'), '10-lab.conflist'), JSON.stringify(cniConfig(places, dir('ipam'))));
  writeFileSync(dir('containerd.toml'), containerdConfig(places, dir));
  writeFileSync(dir('kubelet.json'), JSON.stringify(kubeletConfig(places, choice, dir), null, 2));
}

function cniConfig({network, bridge, subnet}: NodePlaces, dataDir: string): object {
  return {
    cniVersion: '0.4.0',
    name: network,
    plugins: [
      {
        type: 'bridge',
        bridge,
        isGateway: true,
        ipMasq: false,
        ipam: {type: 'host-local', dataDir, ranges: [[{subnet}]], routes: [{dst: '0.0.0.0/0'}]},
      },
    ],
  };
}

type Dir = (...names: string[]) => string;

function containerdConfig({socket}: NodePlaces, dir: Dir): string {
  return `version = 2
root = "${dir('root')}"
state = "${dir('state')}"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without it runc cannot start anything where the score of this process must not be lowered.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${dir('cni')}"
`;
}

/** Tolerant of cgroup v1, swap and file systems that cannot be measured, as machines that run tests have them. */
function kubeletConfig({address, socket, cgroup}: NodePlaces, {ports, logSize}: Choice, dir: Dir): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address,
    port: ports.kubelet,
    healthzPort: 0,
    authentication: {anonymous: {enabled: true}, webhook: {enabled: false}},
    authorization: {mode: 'AlwaysAllow'},
    cgroupDriver: 'cgroupfs',
    cgroupRoot: cgroup,
    containerRuntimeEndpoint: `unix://${socket}`,
    podLogsDir: dir('pod-logs'),
    volumePluginDir: dir('plugins'),
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
