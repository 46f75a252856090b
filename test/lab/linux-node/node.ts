import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {isRunning, type ProcessId} from '../../../scripts/cache/process-id.ts';
import type {Api} from '../parts/api.ts';
import type {Binaries} from '../parts/build.ts';
import {LabError, wordsOf} from '../parts/failure.ts';
import type {LabDir} from '../parts/places.ts';
import type {Ports} from '../parts/ports.ts';
import {lastWords, startPart, type Command} from '../parts/process.ts';
import {saysReady} from '../parts/ready.ts';
import {makeCgroup} from './cgroups.ts';
import {REAL_NODE, cgroupOf, nodeOnMachine, writeNodeConfig, type RealNode} from './config.ts';
import {ctr} from './ctr.ts';
import {writeImages} from './images.ts';
import {FIXED_PLACES, type LeftBehind} from './stop.ts';

const PATIENCE_MS = 90_000;
/** Nothing listens there: an image that is not on the node is not fetched from anywhere. */
const NOWHERE = 'http://127.0.0.1:9';

/** What a real node is started with. */
export interface NodeSetup {
  readonly binaries: Binaries;
  /** Writes archives of images that `ctr images import` reads into a folder; answers their names. */
  readonly images: (folder: string) => Promise<readonly string[]>;
  /** How containerd is run, and then the kubelet beside it, where not right on this machine. */
  readonly place?: {
    readonly containerd: (command: Command) => Command;
    readonly kubelet: (command: Command, beside: ProcessId) => Command;
  };
}

/** Adds a real Linux node to a running lab: containerd and kubelet with directories, network and cgroup of their own. Answers its containerd. */
export async function startLinuxNode(
  lab: LabDir,
  api: Api,
  node: RealNode,
  {binaries, images, place}: NodeSetup,
): Promise<ProcessId> {
  const {socket, bridge, addresses, kubeconfig} = node;
  mkdirSync(lab.path('linux'), {recursive: true});
  const left: LeftBehind = {
    socket,
    ...(bridge !== undefined && {bridge, absent: FIXED_PLACES.filter(each => !existsSync(each))}),
  };
  writeFileSync(lab.path('linux', 'left-behind.json'), JSON.stringify(left));
  writeNodeConfig(lab, node);
  if (bridge !== undefined) makeBridge(bridge, addresses[0] ?? '');
  makeCgroup(cgroupOf(lab));

  const runtime: Command = {
    file: 'containerd',
    args: ['--config', lab.path('linux', 'containerd.toml')],
    env: {HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, NO_PROXY: ''},
  };
  const containerd = startPart(lab, 'containerd', place?.containerd(runtime) ?? runtime);
  await until(
    () => ctr(socket, ['version']).status === 0,
    () => {
      if (!isRunning(containerd))
        return `containerd ended: ${lastWords(lab, 'containerd')} (log: ${lab.log('containerd')})`;
      return `containerd does not answer (log: ${lab.log('containerd')})`;
    },
  );
  for (const archive of await images(lab.path('linux'))) {
    const imported = ctr(socket, ['--namespace', 'k8s.io', 'images', 'import', archive]);
    if (imported.status !== 0) throw new LabError(`containerd takes no image: ${imported.stderr.trim()}`);
    rmSync(archive);
  }

  const agent: Command = {
    file: binaries.get('kubelet') ?? 'kubelet',
    args: [
      `--config=${lab.path('linux', 'kubelet.json')}`,
      `--kubeconfig=${kubeconfig}`,
      `--hostname-override=${REAL_NODE}`,
      `--node-ip=${addresses.join(',')}`,
      `--root-dir=${lab.path('linux', 'kubelet')}`,
      `--cert-dir=${lab.path('linux', 'kubelet-pki')}`,
      '--node-labels=lab.kubectl-win/real=true',
      // In a network of the lab it is a node as all others are.
      ...(bridge === undefined ? [] : ['--register-with-taints=lab.kubectl-win/real=true:NoSchedule']),
    ],
  };
  const kubelet = startPart(lab, 'kubelet', place?.kubelet(agent, containerd) ?? agent);
  await until(
    () => isReady(api),
    () => {
      if (!isRunning(kubelet))
        return `kubelet ended: ${lastWords(lab, 'kubelet')} (log: ${lab.log('kubelet')})`;
      return `the node ${REAL_NODE} does not get ready (log: ${lab.log('kubelet')})`;
    },
  );
  return containerd;
}

/** Adds a real node in this machine's own network, with stand-ins for the images of the scene's DaemonSets, which tolerate its taint. */
export async function startNodeOnMachine(
  lab: LabDir,
  api: Api,
  {binaries, ...where}: {binaries: Binaries; ports: Ports; slot: number; logSize: string},
): Promise<void> {
  const images = async (folder: string): Promise<string[]> => {
    const archive = join(folder, 'images.tar');
    await writeImages(archive, await daemonImages(api));
    return [archive];
  };
  await startLinuxNode(lab, api, nodeOnMachine(lab, where), {binaries, images});
}

async function daemonImages(api: Api): Promise<string[]> {
  // The list that was asked for.
  const {items} = (await api.send('GET', '/apis/apps/v1/daemonsets')) as {
    items: {spec: {template: {spec: {containers: {image: string}[]}}}}[];
  };
  return [...new Set(items.flatMap(item => item.spec.template.spec.containers.map(c => c.image)))];
}

function makeBridge(bridge: string, address: string): void {
  try {
    execFileSync('ip', ['link', 'add', bridge, 'type', 'bridge'], {stdio: 'pipe'});
    execFileSync('ip', ['address', 'add', `${address}/24`, 'dev', bridge], {stdio: 'pipe'});
    execFileSync('ip', ['link', 'set', bridge, 'up'], {stdio: 'pipe'});
  } catch (error) {
    throw new LabError(`no bridge for the pods of a real node: ${wordsOf(error)}`);
  }
}

async function isReady(api: Api): Promise<boolean> {
  const node = {apiVersion: 'v1', kind: 'Node', metadata: {name: REAL_NODE}};
  return api.get(node).then(saysReady, () => false);
}

async function until(reached: () => boolean | Promise<boolean>, why: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await reached())) {
    if (performance.now() > deadline || why().includes(' ended: ')) throw new LabError(why());
    await sleep(250);
  }
}
