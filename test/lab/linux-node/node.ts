import {execFileSync, spawnSync} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Api} from '../parts/api.ts';
import type {Binaries} from '../parts/build.ts';
import {LabError, wordsOf} from '../parts/failure.ts';
import type {LabDir} from '../parts/places.ts';
import type {Ports} from '../parts/ports.ts';
import {identify, isRunning} from '../../../scripts/cache/process-id.ts';
import {end, endPart, lastWords, partsOf, startPart} from '../parts/process.ts';
import {placesOf, writeNodeConfig, type NodePlaces} from './config.ts';
import {writeImages} from './images.ts';

const PATIENCE_MS = 90_000;
/** Nothing listens there: an image that is not on the node is not fetched from anywhere. */
const NOWHERE = 'http://127.0.0.1:9';

/** Where libcni remembers what it did. */
const CNI_RESULTS = '/var/lib/cni/results';

const DEVICE_PLUGINS = '/var/lib/kubelet/device-plugins';

/** Places that no setting moves, the innermost first: they are empty once the node is gone. */
export const FIXED_PLACES: readonly string[] = [
  DEVICE_PLUGINS,
  '/var/lib/kubelet',
  '/var/log/containers',
  '/var/lib/cni/cache',
  CNI_RESULTS,
  '/var/lib/cni',
  '/run/containerd/s',
  '/run/containerd/runc/k8s.io',
  '/run/containerd/runc',
  '/run/containerd',
];

const CGROUPS = '/sys/fs/cgroup';

/** Adds a real Linux node to a running lab: containerd and kubelet with directories, network and cgroup of their own. */
export async function startLinuxNode(
  lab: LabDir,
  api: Api,
  {binaries, ports, slot, logSize}: {binaries: Binaries; ports: Ports; slot: number; logSize: string},
): Promise<void> {
  const places = placesOf(lab, slot);
  mkdirSync(lab.path('linux'), {recursive: true});
  const absent = FIXED_PLACES.filter(place => !existsSync(place));
  writeFileSync(lab.path('linux', 'absent.json'), JSON.stringify(absent));
  writeNodeConfig(lab, places, {ports, logSize});
  makeBridge(places);
  for (const root of cgroupRoots()) mkdirSync(join(root, places.cgroup), {recursive: true});

  const containerd = startPart(lab, 'containerd', {
    file: 'containerd',
    args: ['--config', lab.path('linux', 'containerd.toml')],
    env: {HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, NO_PROXY: ''},
  });
  await until(
    () => ctr(places, ['version']).status === 0,
    () => {
      if (!isRunning(containerd))
        return `containerd ended: ${lastWords(lab, 'containerd')} (log: ${lab.log('containerd')})`;
      return `containerd does not answer (log: ${lab.log('containerd')})`;
    },
  );
  const images = lab.path('linux', 'images.tar');
  await writeImages(images, await daemonImages(api));
  const imported = ctr(places, ['--namespace', 'k8s.io', 'images', 'import', images]);
  if (imported.status !== 0) throw new LabError(`containerd takes no image: ${imported.stderr.trim()}`);

  const kubelet = startPart(lab, 'kubelet', {
    file: binaries.get('kubelet') ?? 'kubelet',
    args: [
      `--config=${lab.path('linux', 'kubelet.json')}`,
      `--kubeconfig=${lab.kubeconfig('admin')}`,
      `--hostname-override=${places.name}`,
      `--node-ip=${places.address}`,
      `--root-dir=${lab.path('linux', 'kubelet')}`,
      `--cert-dir=${lab.path('linux', 'kubelet-pki')}`,
      '--node-labels=lab.kubectl-win/real=true',
      '--register-with-taints=lab.kubectl-win/real=true:NoSchedule',
    ],
  });
  await until(
    () => isReady(api, places.name),
    () => {
      if (!isRunning(kubelet))
        return `kubelet ended: ${lastWords(lab, 'kubelet')} (log: ${lab.log('kubelet')})`;
      return `the node ${places.name} does not get ready (log: ${lab.log('kubelet')})`;
    },
  );
}

/** Takes the node away with everything that it made outside the lab's directory. */
export async function stopLinuxNode(lab: LabDir, api: Api | undefined, slot: number): Promise<void> {
  if (!existsSync(lab.path('linux'))) return;
  const places = placesOf(lab, slot);
  if (api) await removePods(api, places).catch(() => {}); // Without an API server the hard way below must do.
  const parts = partsOf(lab);
  for (const {part, id} of parts) if (part === 'kubelet') await endPart(lab, part, id);
  for (const task of ctr(places, ['--namespace', 'k8s.io', 'tasks', 'ls', '--quiet'])
    .stdout.split('\n')
    .filter(Boolean)) {
    ctr(places, ['--namespace', 'k8s.io', 'tasks', 'kill', '--signal', 'SIGKILL', '--all', task]);
    ctr(places, ['--namespace', 'k8s.io', 'tasks', 'delete', '--force', task]);
  }
  for (const {part, id} of parts) if (part === 'containerd') await endPart(lab, part, id);
  await endShims(places.socket);
  unmountBelow(lab.root);
  spawnSync('ip', ['link', 'delete', places.bridge]);
  for (const root of cgroupRoots()) removeCgroup(join(root, places.cgroup));
  for (const file of existsSync(CNI_RESULTS) ? readdirSync(CNI_RESULTS) : []) {
    if (file.startsWith(`${places.network}-`)) rmSync(join(CNI_RESULTS, file));
  }
  removeFixedPlaces(lab);
}

/** Images of DaemonSets, which tolerate the node's taint. */
async function daemonImages(api: Api): Promise<string[]> {
  // The list that was asked for.
  const {items} = (await api.send('GET', '/apis/apps/v1/daemonsets')) as {
    items: {spec: {template: {spec: {containers: {image: string}[]}}}}[];
  };
  return [...new Set(items.flatMap(item => item.spec.template.spec.containers.map(c => c.image)))];
}

function makeBridge({bridge, address}: NodePlaces): void {
  try {
    execFileSync('ip', ['link', 'add', bridge, 'type', 'bridge'], {stdio: 'pipe'});
    execFileSync('ip', ['address', 'add', `${address}/24`, 'dev', bridge], {stdio: 'pipe'});
    execFileSync('ip', ['link', 'set', bridge, 'up'], {stdio: 'pipe'});
  } catch (error) {
    throw new LabError(`no bridge for the pods of a real node: ${wordsOf(error)}`);
  }
}

function ctr({socket}: NodePlaces, args: string[]): {status: number | null; stdout: string; stderr: string} {
  const {status, stdout, stderr} = spawnSync('ctr', ['--address', socket, ...args], {encoding: 'utf8'});
  return {status, stdout: stdout ?? '', stderr: stderr ?? ''};
}

interface NodeNow {
  status: {conditions?: {type: string; status: string}[]};
}

async function isReady(api: Api, name: string): Promise<boolean> {
  // The object asked for.
  const {status} = (await api.send('GET', `/api/v1/nodes/${name}`).catch(() => ({status: {}}))) as NodeNow;
  return status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false;
}

async function until(reached: () => boolean | Promise<boolean>, why: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await reached())) {
    if (performance.now() > deadline || why().includes(' ended: ')) throw new LabError(why());
    await sleep(250);
  }
}

/** Lets the kubelet take its pods down, network included, as long as it can. */
async function removePods(api: Api, {name}: NodePlaces): Promise<void> {
  await api.patch({apiVersion: 'v1', kind: 'Node', metadata: {name}}, {spec: {unschedulable: true}});
  const path = `/api/v1/pods?fieldSelector=spec.nodeName%3D${name}`;
  for (let tries = 0; tries < 60; tries++) {
    // The list that was asked for.
    const {items} = (await api.send('GET', path)) as {items: {metadata: {namespace: string; name: string}}[]};
    if (items.length === 0) return;
    for (const {metadata} of tries === 0 ? items : []) {
      await api.send('DELETE', `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`, {
        gracePeriodSeconds: 1,
      });
    }
    await sleep(250);
  }
}

/** containerd leaves its shims running when it ends; they are told by the socket that they were given. */
async function endShims(socket: string): Promise<void> {
  for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const args = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const ours = args[0]?.includes('containerd-shim') && args.includes(socket);
      if (ours) await end(identify(Number(entry)), 2000);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Only what was not there before, and only while it is empty: a machine may have a node of its own. */
function removeFixedPlaces(lab: LabDir): void {
  const file = lab.path('linux', 'absent.json');
  // Written by `startLinuxNode` alone.
  const absent = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
  const links = '/var/log/containers';
  for (const name of existsSync(links) ? readdirSync(links) : []) {
    const link = join(links, name);
    if (readlinkSync(link).startsWith(`${lab.root}/`)) rmSync(link);
  }
  if (absent.includes(DEVICE_PLUGINS)) rmSync(join(DEVICE_PLUGINS, 'kubelet.sock'), {force: true});
  for (const place of absent) {
    try {
      rmdirSync(place);
    } catch {
      // Somebody else uses it by now, or it never came to be.
    }
  }
}

function unmountBelow(root: string): void {
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[1] ?? '')
    .filter(point => point.startsWith(`${root}/`));
  // The innermost first.
  for (const point of points.toSorted().toReversed()) spawnSync('umount', ['--lazy', point]);
}

/** One for cgroup v2, one for each controller of v1. */
function cgroupRoots(): string[] {
  if (existsSync(join(CGROUPS, 'cgroup.controllers'))) return [CGROUPS];
  return readdirSync(CGROUPS, {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(entry => join(CGROUPS, entry.name));
}

function removeCgroup(path: string): void {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, {withFileTypes: true})) {
    if (entry.isDirectory()) removeCgroup(join(path, entry.name));
  }
  try {
    rmdirSync(path);
  } catch {
    // A process that is just ending holds it; an empty group costs nothing.
  }
}
