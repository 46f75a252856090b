import {readlink, stat, statfs} from 'node:fs/promises';
import {release} from 'node:os';
import {join} from 'node:path';
import type {DiskFacts, SystemFacts} from '../../src/protocol/node-facts.ts';
import type {Collector} from '../collect/collector.ts';
import {LINUX_CERTIFICATES} from '../host/certificate-paths.ts';
import {readCertificates} from '../host/certificates.ts';
import {Gaps} from '../host/gaps.ts';
import {jsonFile} from '../host/json-file.ts';
import {hostPath, textOf} from './host.ts';
import type {LinuxHost} from './host.ts';
import {parseBootTime, parseMeminfo, parseOsRelease} from './proc.ts';

/** Folders that kubelet, runtimes and logs fill; those on one file system are told once, as the first. */
const FOLDERS = [
  '/',
  '/var',
  '/var/lib/kubelet',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/rancher',
  '/var/log',
];

/** Makes `system.json` of a Linux node. */
export function systemCollector(host: LinuxHost): Collector {
  return {
    name: 'system',
    timeoutMs: 10_000,
    maxBytes: 1024 * 1024,
    async *collect() {
      const gaps = new Gaps();
      const osRelease = parseOsRelease(
        (await gaps.soon('os-release', textOf(await hostPath(host, '/etc/os-release')))) ?? '',
      );
      const meminfo = parseMeminfo((await gaps.soon('memory', textOf('/proc/meminfo'))) ?? '');
      const boot = parseBootTime((await gaps.soon('bootTime', textOf('/proc/stat'))) ?? '');
      const {certificates, unread} = await readCertificates(LINUX_CERTIFICATES, path => hostPath(host, path));
      if (unread.length > 0) gaps.add('certificates', {reason: 'failed', detail: unread.join(', ')});
      const value: SystemFacts = {
        productName: osRelease['PRETTY_NAME'] ?? null,
        build: null,
        ubr: null,
        kernel: release(),
        edition: null,
        installationType: null,
        hotfixes: null,
        bootTime: boot === undefined ? null : new Date(boot * 1000).toISOString(),
        now: new Date().toISOString(),
        timeZone: await timeZone(host),
        memory: sizes(meminfo['MemTotal'], meminfo['MemAvailable'], (total, available) => ({
          total,
          available,
        })),
        commit: sizes(meminfo['CommitLimit'], meminfo['Committed_AS'], (limit, charge) => ({limit, charge})),
        disks: await disksOf(host),
        features: null,
        rebootPending: await rebootPending(host, osRelease),
        time: null,
        certificates,
      };
      yield jsonFile('system.json', {
        value,
        source: '/etc/os-release, /proc/meminfo, /proc/stat, statfs',
        ...gaps.partial(),
      });
    },
  };
}

function sizes<T>(a: number | undefined, b: number | undefined, make: (a: number, b: number) => T): T | null {
  return a === undefined || b === undefined ? null : make(a, b);
}

/** /etc/localtime is a link into the database of time zones (localtime(5)). */
async function timeZone({root}: LinuxHost): Promise<string | null> {
  const target = await readlink(join(root, '/etc/localtime')).catch(() => '');
  return target.split('zoneinfo/')[1] ?? null;
}

/** Debian and its children leave a file; others do not say it in any. */
async function rebootPending(
  host: LinuxHost,
  {ID: id = '', ID_LIKE: like = ''}: Record<string, string>,
): Promise<SystemFacts['rebootPending']> {
  const isThere = await stat(join(host.root, '/run/reboot-required')).then(
    () => true,
    () => false,
  );
  if (isThere) return ['update'];
  return `${id} ${like}`.includes('debian') ? [] : null;
}

/** Magic numbers of statfs(2). */
const FILE_SYSTEMS: Record<number, string> = {
  0xef53: 'ext4',
  0x5846_5342: 'xfs',
  0x9123_683e: 'btrfs',
  0x794c_7630: 'overlay',
  0x0102_1994: 'tmpfs',
  0x2fc1_2fc1: 'zfs',
};

async function disksOf({root}: LinuxHost): Promise<DiskFacts[]> {
  const disks = new Map<number, DiskFacts>();
  for (const folder of FOLDERS) {
    const path = join(root, folder);
    const found = await Promise.all([stat(path), statfs(path)]).catch(() => undefined);
    if (!found) continue;
    const [{dev}, {type, bsize, blocks, bavail}] = found;
    if (disks.has(dev)) continue;
    disks.set(dev, {
      name: folder,
      fileSystem: FILE_SYSTEMS[type] ?? null,
      size: blocks * bsize,
      free: bavail * bsize,
    });
  }
  return [...disks.values()];
}
