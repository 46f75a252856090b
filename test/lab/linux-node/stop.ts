import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, readlinkSync, rmSync, rmdirSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Api} from '../parts/api.ts';
import type {LabDir} from '../parts/places.ts';
import {endPart, partsOf} from '../parts/process.ts';
import {cgroupRoots, removeCgroup} from './cgroups.ts';
import {REAL_NODE, cgroupOf, networkOf} from './config.ts';
import {ctr} from './ctr.ts';
import {endShims, unmountBelow} from './leftovers.ts';

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

/** What is to be taken away with a real node. */
export interface LeftBehind {
  readonly socket: string;
  /** Of a node in this machine's own network. */
  readonly bridge?: string;
  /** Those of `FIXED_PLACES` that were not there before such a node. */
  readonly absent?: readonly string[];
}

/** Takes the node away with everything that it made outside the lab's directory. */
export async function stopLinuxNode(lab: LabDir, api: Api | undefined): Promise<void> {
  const file = lab.path('linux', 'left-behind.json');
  if (!existsSync(file)) return;
  // Written by `startLinuxNode` alone.
  const {socket, bridge, absent} = JSON.parse(readFileSync(file, 'utf8')) as LeftBehind;
  // A network of its own goes as a whole. Without an API server the hard way below must do.
  if (api && bridge !== undefined) await removePods(api).catch(() => {});
  const parts = partsOf(lab);
  for (const {part, id} of parts) if (part === 'kubelet') await endPart(lab, part, id);
  for (const task of ctr(socket, ['--namespace', 'k8s.io', 'tasks', 'ls', '--quiet'])
    .stdout.split('\n')
    .filter(Boolean)) {
    ctr(socket, ['--namespace', 'k8s.io', 'tasks', 'kill', '--signal', 'SIGKILL', '--all', task]);
    ctr(socket, ['--namespace', 'k8s.io', 'tasks', 'delete', '--force', task]);
  }
  for (const {part, id} of parts) if (part === 'containerd') await endPart(lab, part, id);
  await endShims(socket);
  unmountBelow(lab.root);
  for (const root of cgroupRoots()) await removeCgroup(join(root, cgroupOf(lab)));
  if (bridge === undefined) return;
  spawnSync('ip', ['link', 'delete', bridge]);
  for (const record of existsSync(CNI_RESULTS) ? readdirSync(CNI_RESULTS) : []) {
    if (record.startsWith(`${networkOf(lab)}-`)) rmSync(join(CNI_RESULTS, record));
  }
  removeFixedPlaces(lab, absent ?? []);
}

/** Lets the kubelet take its pods down, network included, as long as it can. */
async function removePods(api: Api): Promise<void> {
  await api.patch(
    {apiVersion: 'v1', kind: 'Node', metadata: {name: REAL_NODE}},
    {spec: {unschedulable: true}},
  );
  const path = `/api/v1/pods?fieldSelector=spec.nodeName%3D${REAL_NODE}`;
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

/** Only what was not there before, and only while it is empty: a machine may have a node of its own. */
function removeFixedPlaces(lab: LabDir, absent: readonly string[]): void {
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
