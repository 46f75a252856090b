import {execFileSync, spawn} from 'node:child_process';
import {copyFileSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectError} from '../../../agent/collect/collector.ts';
import {linuxCollectors} from '../../../agent/linux/collectors.ts';
import type {CollectorName} from '../../../src/protocol/collectors.ts';
import type {
  AdapterFacts,
  PortFacts,
  ProcessFacts,
  RouteFacts,
  SystemFacts,
} from '../../../src/protocol/node-facts.ts';
import {tempDir, writeTree} from '../../helpers/archives.ts';

/** What a collector says of this machine, or of the node whose file system is at `root`. */
async function facts(name: CollectorName, root = ''): Promise<unknown> {
  const collector = linuxCollectors({root}).find(one => one.name === name);
  for await (const made of collector?.collect({signal: new AbortController().signal}) ?? [])
    if ('body' in made) return JSON.parse(made.body) as unknown;
  return undefined;
}

const ip = (args: readonly string[]): Record<string, unknown>[] =>
  JSON.parse(execFileSync('ip', ['-j', ...args], {encoding: 'utf8'})) as Record<string, unknown>[];

test('this machine tells its system', async t => {
  const system = (await facts('system')) as SystemFacts;
  t.is(system.kernel, execFileSync('uname', ['-r'], {encoding: 'utf8'}).trim());
  t.true(system.memory && system.memory.total > system.memory.available && system.memory.available > 0);
  t.true(system.commit && system.commit.charge > 0);
  const [root] = system.disks ?? [];
  t.true(root?.name === '/' && root.size > root.free);
  t.true(Date.parse(system.bootTime ?? '') < Date.parse(system.now));
  t.like(system, {build: null, hotfixes: null, features: null, time: null});
});

test('adapters and routes are those that ip lists', async t => {
  const before = ip(['link']);
  const adapters = (await facts('net.adapters')) as AdapterFacts[];
  t.like(
    adapters.find(adapter => adapter.name === 'lo'),
    {mac: '', compartment: 1},
  );
  t.true(adapters.some(adapter => adapter.addresses.includes('127.0.0.1/8')));
  // Other tests make and remove interfaces meanwhile.
  const names = new Set(ip(['link']).map(link => `${String(link['ifname'])} ${String(link['ifindex'])}`));
  for (const {ifname, ifindex, mtu} of before.filter(l =>
    names.has(`${String(l['ifname'])} ${String(l['ifindex'])}`),
  ))
    t.like(
      adapters.find(adapter => adapter.name === String(ifname).split('@')[0]),
      {index: Number(ifindex), mtu: Number(mtu)},
    );
  const routes = (await facts('net.routes')) as RouteFacts[];
  for (const {gateway} of ip(['route', 'show', 'default']))
    t.true(routes.some(route => route.destination === '0.0.0.0/0' && route.nextHop === gateway));
});

test('the range of local ports is told, and that nobody reserves blocks here', async t => {
  const {dynamicRange, used, freeBlocks64} = (await facts('net.ports')) as PortFacts;
  t.true(dynamicRange && dynamicRange.start > 0 && dynamicRange.count > 0);
  t.is(typeof used, 'number');
  t.is(freeBlocks64, null);
});

/** A program that is called like one of the allow-list and waits; its kernel name is that of its file. */
function running(t: ExecutionContext, name: string, args: readonly string[]): number {
  const program = join(tempDir(t), name);
  copyFileSync(process.execPath, program);
  const child = spawn(program, ['-e', 'setInterval(() => {}, 1000)', '--', ...args], {stdio: 'ignore'});
  t.teardown(() => child.kill('SIGKILL'));
  return child.pid ?? 0;
}

test('processes are told with start and threads, flags by the allow-list, other arguments never', async t => {
  const kubelet = running(t, 'kubelet', ['--node-ip=10.0.0.4', '--token=hunter2', '--max-pods', '110']);
  const other = running(t, 'other', ['--password=hunter2']);
  const processes = (await facts('processes')) as ProcessFacts[];
  const found = processes.find(process => process.pid === kubelet);
  t.deepEqual(found?.flags, {'node-ip': '10.0.0.4', 'max-pods': '110'});
  t.true((found?.threads ?? 0) > 0 && Math.abs(Date.parse(found?.startedAt ?? '') - Date.now()) < 60_000);
  t.is(processes.find(process => process.pid === other)?.flags, null);
  t.false(JSON.stringify(processes).includes('hunter2'));
});

/** Text of /proc/<pid>/stat. */
function statOf(pid: number, name: string, ticks: number): string {
  return `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 17 0 ${ticks} 0 0\n`;
}

/** A node's file system: systemd runs kubelet, containerd is enabled and does not run, chrony is neither. */
function nodeFiles(t: ExecutionContext): string {
  const root = tempDir(t);
  const files = {
    'etc/os-release': 'PRETTY_NAME="Ubuntu 24.04.1 LTS"\nID=ubuntu\nID_LIKE=debian\n',
    'run/reboot-required': '',
    'proc/stat': 'btime 1764400000\n',
    'proc/700/stat': statOf(700, 'kubelet', 5000),
    'proc/700/cmdline': '/usr/bin/kubelet\0--config=/var/lib/kubelet/config.yaml\0--kubeconfig=/x\0',
    'proc/701/stat': statOf(701, 'helper', 9000),
    'sys/fs/cgroup/system.slice/kubelet.service/cgroup.procs': '701\n700\n',
    'sys/fs/cgroup/system.slice/dev-sda.mount/cgroup.procs': '',
    'usr/lib/systemd/system/kubelet.service': '',
    'usr/lib/systemd/system/containerd.service': '',
    'usr/lib/systemd/system/chrony.service': '',
  };
  writeTree(root, new Map(Object.entries(files)));
  mkdirSync(join(root, 'etc/systemd/system/multi-user.target.wants'), {recursive: true});
  for (const unit of ['kubelet', 'containerd'])
    symlinkSync(
      `/usr/lib/systemd/system/${unit}.service`,
      join(root, `etc/systemd/system/multi-user.target.wants/${unit}.service`),
    );
  symlinkSync('/usr/share/zoneinfo/Europe/Berlin', join(root, 'etc/localtime'));
  return root;
}

test("a node's services are told by their control groups and links", async t => {
  const none = {pid: null, startedAt: null, threads: null};
  t.deepEqual(await facts('services', nodeFiles(t)), [
    {name: 'chrony', displayName: 'chrony.service', state: 'Stopped', startType: 'Manual', ...none},
    {
      name: 'containerd',
      displayName: 'containerd.service',
      state: 'Stopped',
      startType: 'Automatic',
      ...none,
    },
    {
      name: 'kubelet',
      displayName: 'kubelet.service',
      state: 'Running',
      startType: 'Automatic',
      pid: 700,
      startedAt: new Date((1_764_400_000 + 50) * 1000).toISOString(),
      threads: 17,
    },
  ]);
});

test("a node's files are read below its mount, not from the agent's own image", async t => {
  const root = nodeFiles(t);
  t.like(await facts('system', root), {
    productName: 'Ubuntu 24.04.1 LTS',
    timeZone: 'Europe/Berlin',
    rebootPending: ['update'],
  });
  const [kubelet] = (await facts('processes', root)) as ProcessFacts[];
  t.deepEqual(kubelet?.flags, {config: '/var/lib/kubelet/config.yaml'});
});

test('without systemd the services are unsupported, in words', async t => {
  const error = await t.throwsAsync<CollectError>(facts('services', tempDir(t)));
  t.is(error?.reason, 'unsupported');
  t.regex(error?.message ?? '', /systemd/);
});
