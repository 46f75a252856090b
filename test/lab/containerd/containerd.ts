import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {LabError} from '../parts/failure.ts';
import {identify, isRunning} from '../../../scripts/cache/process-id.ts';
import type {ProcessId} from '../../../scripts/cache/process-id.ts';
import {end} from '../parts/process.ts';
import {PAUSE_IMAGE, writeImages} from '../linux-node/images.ts';
import {endShims, unmountBelow} from '../linux-node/leftovers.ts';
import {podMaker} from './pods.ts';
import type {PodMaker} from './pods.ts';

const PATIENCE_MS = 30_000;
/** Where runc and the shims keep their state, whatever is configured. Innermost first. */
const FIXED_PLACES = [
  '/run/containerd/s',
  '/run/containerd/runc/k8s.io',
  '/run/containerd/runc',
  '/run/containerd',
  '/var/lib/cni/results',
  '/var/lib/cni',
];

/** A containerd that runs for a test. */
export interface Containerd {
  readonly socket: string;
  readonly config: string;
  readonly root: string;
  readonly process: ProcessId;
  readonly pods: PodMaker;
  signal(name: NodeJS.Signals): void;
  /** Ends it at once, as a crash does; its socket stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Which containerd: Debian's on PATH, or the folder of one that was built, and how its configuration is written. */
export interface ContainerdKind {
  /** Folder with `containerd`, `containerd-shim-runc-v2` and `ctr`. */
  folder: string;
  configVersion: 2 | 3;
}

/** Starts containerd with directories, socket and network of its own, and the images of the lab in it. */
export async function startContainerd({folder, configVersion}: ContainerdKind): Promise<Containerd> {
  if (process.getuid?.() !== 0)
    throw new LabError('containerd runs containers and needs root: run this test as root');
  for (const [program, name] of [
    [join(folder, 'containerd'), 'containerd'],
    ['/usr/sbin/runc', 'runc'],
  ] as const) {
    if (!existsSync(program)) throw new LabError(`${program} is not there: apt-get install ${name}`);
  }
  const absent = FIXED_PLACES.filter(place => !existsSync(place));
  const root = mkdtempSync(join(tmpdir(), 'kwctd-'));
  for (const name of ['root', 'state', 'cni', 'ipam']) mkdirSync(join(root, name));
  const socket = join(root, 'c.sock');
  const config = join(root, 'config.toml');
  writeFileSync(config, (configVersion === 2 ? configV2 : configV3)(root, socket));
  writeFileSync(join(root, 'cni', '10-lab.conflist'), JSON.stringify(cniConfig(root)));
  const log = openSync(join(root, 'log'), 'a');
  // In a network namespace of its own: its bridge goes with it.
  const child = spawn('unshare', ['--net', join(folder, 'containerd'), '--config', config], {
    stdio: ['ignore', log, log],
    env: {...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`},
  });
  closeSync(log);
  child.on('error', () => {}); // Seen below: no process runs then.
  const id = identify(child.pid ?? 0);
  const stop = async () => {
    if (isRunning(id)) process.kill(id.pid, 'SIGCONT');
    await containerd.pods.removeAll().catch(() => {}); // Where containerd is gone the hard way below must do.
    containerd.pods.close();
    await end(id);
    await endShims(socket);
    unmountBelow(root);
    rmSync(root, {recursive: true, force: true});
    for (const place of absent) removeEmpty(place);
  };
  const containerd: Containerd = {
    socket,
    config,
    root,
    process: id,
    pods: podMaker(socket),
    signal: name => process.kill(id.pid, name),
    async kill() {
      // Only then all its threads have ended, and let go of the socket.
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    stop,
  };
  try {
    const ctr = (...args: string[]) =>
      spawnSync(join(folder, 'ctr'), ['--address', socket, ...args], {encoding: 'utf8'});
    const deadline = performance.now() + PATIENCE_MS;
    while (ctr('version').status !== 0) {
      if (performance.now() > deadline || !isRunning(id)) {
        throw new LabError(
          `containerd does not start: ${readFileSync(join(root, 'log'), 'utf8').slice(-2000)}`,
        );
      }
      await sleep(100);
    }
    const images = join(root, 'images.tar');
    await writeImages(images, []);
    const imported = ctr('--namespace', 'k8s.io', 'images', 'import', images);
    if (imported.status !== 0) throw new LabError(`containerd takes no image: ${imported.stderr}`);
    return containerd;
  } catch (error) {
    await containerd.stop();
    throw error;
  }
}

function configV2(root: string, socket: string): string {
  return `version = 2
root = "${root}/root"
state = "${root}/state"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${root}/cni"
`;
}

function configV3(root: string, socket: string): string {
  return `version = 3
root = '${root}/root'
state = '${root}/state'
[grpc]
  address = '${socket}'
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = '${PAUSE_IMAGE}'
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ['/usr/lib/cni']
    conf_dir = '${root}/cni'
`;
}

function cniConfig(root: string): object {
  return {
    cniVersion: '0.4.0',
    name: 'lab',
    plugins: [
      {
        type: 'bridge',
        bridge: 'kwctd0',
        isGateway: true,
        ipam: {type: 'host-local', dataDir: join(root, 'ipam'), ranges: [[{subnet: '10.251.0.0/24'}]]},
      },
    ],
  };
}

function removeEmpty(place: string): void {
  try {
    rmdirSync(place);
  } catch {
    // Somebody else uses it by now, or it never came to be.
  }
}
