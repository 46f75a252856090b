import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, symlinkSync} from 'node:fs';
import {basename, join} from 'node:path';
import {buildImage} from '../../../scripts/image/build.ts';
import type {ProcessId} from '../../../scripts/cache/process-id.ts';
import {AGENT_IMAGE} from '../../../src/protocol/names.ts';
import {KUBELET_PORT} from '../agents/egress-config.ts';
import type {RealNode} from '../linux-node/config.ts';
import {writeImages} from '../linux-node/images.ts';
import {startLinuxNode} from '../linux-node/node.ts';
import {ApiError, type Api} from '../parts/api.ts';
import type {Binaries} from '../parts/build.ts';
import {LabError} from '../parts/failure.ts';
import type {LabDir} from '../parts/places.ts';
import {saysReady} from '../parts/ready.ts';
import {patiently} from '../scene/patience.ts';
import {netPlaces} from './places.ts';
import {POD_MTU, type NetNode, type RealPod} from './topology.ts';

/** A mount namespace of the node's own, in which what is made later is seen by its pods, too: `/run`, `/var/lib` and `/var/log` are folders of the lab. */
const OWN_MOUNTS = [
  'mount --make-rshared /',
  'mount --bind "$0" /run',
  'mount --bind "$1" /var/lib',
  'mount --bind "$2" /var/log',
  'shift 2',
  'exec "$@"',
].join(' && ');

/** Small, so that tests of logs see rotations. */
const LOG_SIZE = '1Mi';

/**
 * Starts containerd and a kubelet in the network of a node, as a node that boots has them, and waits for its pods. The
 * agent's image that ships is there for the agent's DaemonSet.
 */
export async function startRealNode(
  lab: LabDir,
  api: Api,
  {node, pods, binaries}: {node: NetNode; pods: readonly RealPod[]; binaries: Binaries},
): Promise<void> {
  const places = netPlaces(lab);
  const network = `--net=${places.namespace(node.name)}`;
  const run = places.run(node.name);
  const own = [run, lab.path('linux', 'var-lib'), lab.path('linux', 'var-log')];
  for (const folder of own) mkdirSync(folder, {recursive: true});
  const shell = ['sh', '-c', OWN_MOUNTS, ...own];
  const containerd = await startLinuxNode(lab, api, realNode(lab, node), {
    binaries,
    images: async folder => [await labImages(folder), await agentImage(folder)],
    place: {
      containerd: ({file, args, env}) => ({
        file: 'nsenter',
        args: [
          network,
          '--',
          'unshare',
          '--mount',
          '--propagation',
          'private',
          '--',
          ...shell,
          file,
          ...args,
        ],
        ...(env && {env}),
      }),
      kubelet: ({file, args}, {pid}) => ({
        file: 'nsenter',
        args: [network, `--mount=/proc/${pid}/ns/mnt`, '--', file, ...args],
      }),
    },
  });
  // One by one: who is tried again has no network known under its name yet.
  for (const pod of pods) await patiently(() => find(lab, api, pod, containerd));
}

function realNode(lab: LabDir, {name, ip, ip6, podCidr, podCidr6}: NetNode): RealNode {
  const places = netPlaces(lab);
  return {
    addresses: [ip, ip6],
    port: KUBELET_PORT,
    kubeconfig: places.kubeconfig,
    // Where a node has it, as programs of the node see it.
    socket: join(places.run(name), 'containerd', 'containerd.sock'),
    pods: {plugin: {type: 'ptp', ipMasq: false, mtu: POD_MTU}, subnets: [podCidr, podCidr6]},
    logSize: LOG_SIZE,
  };
}

/** Makes the network of a running pod known under the pod's name; 404 where the pod does not run yet. */
async function find(lab: LabDir, api: Api, {namespace, name}: RealPod, {pid}: ProcessId): Promise<void> {
  const pod = await api.get({apiVersion: 'v1', kind: 'Pod', metadata: {namespace, name}});
  // A pod's status.
  const {podIP} = pod['status'] as {podIP?: string};
  if (podIP === undefined || !saysReady(pod)) throw new ApiError(404, `pod ${name} is not ready`);
  // Only there are the node's mounts seen.
  const folder = `/proc/${pid}/root/run/netns`;
  const file = readdirSync(folder)
    .map(each => join(folder, each))
    .find(each => addressesIn(each).includes(`inet ${podIP}/`));
  if (file === undefined)
    throw new LabError(`no network on the node has the address ${podIP} of pod ${name}`);
  const link = netPlaces(lab).namespace(name);
  symlinkSync(file, link);
}

function addressesIn(file: string): string {
  return execFileSync('nsenter', [`--net=${file}`, '--', 'ip', '-o', '-4', 'addr'], {encoding: 'utf8'});
}

async function labImages(folder: string): Promise<string> {
  const archive = join(folder, 'images.tar');
  await writeImages(archive, []);
  return archive;
}

async function agentImage(folder: string): Promise<string> {
  const layout = join(folder, 'agent-image');
  // Ours.
  const {version} = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    version: string;
  };
  await buildImage({
    folder: layout,
    name: AGENT_IMAGE,
    tag: `v${version}`,
    time: new Date(),
    platforms: ['linux/amd64'],
    say: line => process.stderr.write(`${line}\n`),
  });
  const archive = join(folder, 'agent-image.tar');
  execFileSync('tar', ['-C', folder, '-cf', archive, '-C', basename(layout), '.']);
  return archive;
}
