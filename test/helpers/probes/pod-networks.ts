import {execFileSync, spawn, spawnSync} from 'node:child_process';
import type {ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, readdirSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {ExecutionContext} from 'ava';
import type {NetServers} from './net-servers.ts';

/** A network namespace that stands for a pod's. */
export interface PodNetwork {
  /** Name for `ip netns`. */
  readonly name: string;
  /** Its file, as a runtime would name it. */
  readonly path: string;
  readonly ip: string;
  readonly ip6: string;
  /** Runs a program inside. */
  readonly run: (command: string, ...args: readonly string[]) => string;
  /** Starts servers inside; they end with the test. */
  serve(servers: NetServers): Promise<void>;
  /** Takes the network away, as a runtime does when the pod ends. */
  end(): void;
}

/** Two pods, and what stands between them. */
export interface PodNetworks {
  readonly a: PodNetwork;
  readonly b: PodNetwork;
  /** Runs a program on the router. */
  readonly router: (command: string, ...args: readonly string[]) => string;
}

/** Networks of both families that hold both pods of {@link podNetworks} and everything else of the range. */
export const POD_NETWORKS = ['10.213.0.0/16', 'fd00:213::/32'] as const;

const SERVERS = new URL('net-servers.ts', import.meta.url).pathname;

/** Makes two pods with a router between them. All of it is removed when the test ends. Needs root. */
export function podNetworks(t: ExecutionContext): PodNetworks {
  if (process.getuid?.() !== 0) throw new Error('network namespaces need root: run the tests as root');
  const id = `kwin-${process.pid}-${randomBytes(3).toString('hex')}`;
  const children: ChildProcess[] = [];
  const there = new Set<string>();
  const remove = (name: string): void => {
    if (there.delete(name)) execFileSync('ip', ['netns', 'del', name]);
  };
  const make = (name: string): string => {
    execFileSync('ip', ['netns', 'add', name]);
    there.add(name);
    ip(name, 'link', 'set', 'lo', 'up');
    return name;
  };
  t.teardown(() => {
    for (const child of children) child.kill('SIGKILL');
    there.forEach(remove);
    leaveNoMount();
  });
  const router = make(`${id}-r`);
  for (const option of ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'])
    inside(router, 'sysctl', '-qw', `${option}=1`);
  const pod = (letter: 'a' | 'b', subnet: number): PodNetwork => {
    const name = make(`${id}-${letter}`);
    const port = `to-${letter}`;
    execFileSync('ip', ['link', 'add', 'eth0', 'netns', name, 'type', 'veth', 'peer', port, 'netns', router]);
    const [own, own6] = [`10.213.${subnet}.2`, `fd00:213:${subnet}::2`];
    const [gateway, gateway6] = [`10.213.${subnet}.1`, `fd00:213:${subnet}::1`];
    for (const [at, device, four, six] of [
      [name, 'eth0', own, own6],
      [router, port, gateway, gateway6],
    ] as const) {
      ip(at, 'addr', 'add', `${four}/24`, 'dev', device);
      // Without duplicate detection, which takes a second.
      ip(at, 'addr', 'add', `${six}/64`, 'dev', device, 'nodad');
      ip(at, 'link', 'set', device, 'up');
    }
    ip(name, 'route', 'add', 'default', 'via', gateway);
    ip(name, '-6', 'route', 'add', 'default', 'via', gateway6);
    return {
      name,
      path: `${NAMESPACES}/${name}`,
      ip: own,
      ip6: own6,
      run: (command, ...args) => inside(name, command, ...args),
      async serve(servers) {
        const child = spawn(
          'ip',
          ['netns', 'exec', name, process.execPath, SERVERS, JSON.stringify(servers)],
          {stdio: ['ignore', 'pipe', 'inherit']},
        );
        children.push(child);
        await once(createInterface({input: child.stdout}), 'line');
      },
      end() {
        for (const child of children.splice(0)) child.kill('SIGKILL');
        ip(router, 'link', 'del', port);
        remove(name);
      },
    };
  };
  return {a: pod('a', 1), b: pod('b', 2), router: (command, ...args) => inside(router, command, ...args)};
}

const NAMESPACES = '/run/netns';

/** The first `ip netns add` of a machine makes its folder a mount, which nobody else takes away. Where there still is a namespace it stays. */
function leaveNoMount(): void {
  if (existsSync(NAMESPACES) && readdirSync(NAMESPACES).length === 0)
    spawnSync('umount', [NAMESPACES], {stdio: 'ignore'});
}

function ip(netns: string, ...args: readonly string[]): void {
  execFileSync('ip', ['-n', netns, ...args]);
}

function inside(netns: string, command: string, ...args: readonly string[]): string {
  return execFileSync('ip', ['netns', 'exec', netns, command, ...args], {encoding: 'utf8'});
}
