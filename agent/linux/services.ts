import {join} from 'node:path';
import type {ProcessFacts, ServiceFacts} from '../../src/protocol/node-facts.ts';
import {CollectError} from '../collect/collector.ts';
import {namesIn, textOf} from './host.ts';
import type {LinuxHost} from './host.ts';

/** Where systemd has a group for each unit that runs: cgroup v2, and the hierarchy of its own in v1. */
const SLICES = ['/sys/fs/cgroup/system.slice', '/sys/fs/cgroup/systemd/system.slice'];
/** Folders of unit files, the administrator's first (systemd.unit(5)). */
const UNITS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
/** What enables a unit at the start: a link in the folder of a target. */
const WANTED = ['multi-user.target.wants', 'default.target.wants'];

/** Units that are told even where they do not run: kubelet, runtimes, the time. */
const NODE_UNITS = [
  'kubelet',
  'kube-proxy',
  'containerd',
  'crio',
  'docker',
  'cri-docker',
  'rke2-agent',
  'rke2-server',
  'k3s',
  'k3s-agent',
  'chrony',
  'chronyd',
  'ntpd',
  'systemd-timesyncd',
].map(name => `${name}.service`);

/**
 * Services of systemd by what the node's file system tells: a unit that runs has a control group, one that is enabled a link. No
 * request to systemd is needed. Throws CollectError `unsupported` where the node has no systemd.
 */
export async function listServices(
  {root}: LinuxHost,
  processes: readonly ProcessFacts[],
): Promise<ServiceFacts[]> {
  const slice = await firstThere(SLICES.map(path => join(root, path)));
  if (!slice)
    throw new CollectError(
      'unsupported',
      `no control groups of systemd are at ${join(root, '/sys/fs/cgroup')}`,
    );
  const running = slice.names.filter(name => name.endsWith('.service'));
  const installed = new Set(
    (await Promise.all(UNITS.map(path => namesIn(join(root, path))))).flatMap(names => names ?? []),
  );
  const enabled = new Set(
    (await Promise.all(WANTED.map(path => namesIn(join(root, '/etc/systemd/system', path))))).flatMap(
      names => names ?? [],
    ),
  );
  const stopped = NODE_UNITS.filter(name => installed.has(name) && !running.includes(name));
  const byPid = new Map(processes.map(process => [process.pid, process]));
  const facts: ServiceFacts[] = [];
  for (const name of [...running, ...stopped].sort()) {
    const main = running.includes(name) ? await mainProcess(join(slice.path, name), byPid) : undefined;
    facts.push({
      name: name.slice(0, -'.service'.length),
      displayName: name,
      state: running.includes(name) ? 'Running' : 'Stopped',
      startType: enabled.has(name) ? 'Automatic' : 'Manual',
      pid: main?.pid ?? null,
      startedAt: main?.startedAt ?? null,
      threads: main?.threads ?? null,
    });
  }
  return facts;
}

async function firstThere(paths: readonly string[]): Promise<{path: string; names: string[]} | undefined> {
  for (const path of paths) {
    const names = await namesIn(path);
    if (names) return {path, names};
  }
  return undefined;
}

/** The process of a group that has run longest: the others are its children. */
async function mainProcess(
  group: string,
  byPid: ReadonlyMap<number, ProcessFacts>,
): Promise<ProcessFacts | undefined> {
  const pids = ((await textOf(join(group, 'cgroup.procs'))) ?? '').split('\n');
  const processes = pids.flatMap(pid => byPid.get(Number(pid)) ?? []);
  return processes.toSorted(
    (a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || a.pid - b.pid,
  )[0];
}
