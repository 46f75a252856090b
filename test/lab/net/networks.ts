import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer as createHttp} from 'node:http';
import {createServer, type Server} from 'node:net';
import {dirname} from 'node:path';
import {KUBELET_PORT} from '../agents/egress-config.ts';
import {HeldNetns} from './netns.ts';
import type {NetPlaces} from './places.ts';
import {ROUTER, WEB_PORT, type NetNode, type NetPod, type Topology} from './topology.ts';
import {deviceOf, nodeWiring, podLink, podWiring, routerWiring, type Wiring} from './wiring.ts';

/** Nodes pass on what is not for them, and take it from wherever it comes. */
const ROUTING = {
  'ipv4/ip_forward': '1',
  'ipv6/conf/all/forwarding': '1',
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
} as const;

/** The namespaces of a topology, wired, with what listens in them. All of it is gone with this process. */
export class Networks {
  readonly #places: NetPlaces;
  readonly #held = new Map<string, HeldNetns>();
  readonly #servers = new Map<string, Server>();

  constructor({nodes, pods}: Topology, places: NetPlaces) {
    this.#places = places;
    const router = this.#hold(ROUTER.name);
    for (const {name} of nodes) this.#hold(name);
    wire(
      router,
      routerWiring(nodes, node => this.#of(node).file),
    );
    for (const node of nodes) this.#node(node, nodes);
    for (const pod of pods) this.addPod(pod);
  }

  /** Listens on a port of the router and passes connections on to one of this machine. */
  relay(port: number, connect: () => import('node:net').Socket): void {
    const server = createServer(near => {
      const far = connect();
      near.on('error', () => far.destroy()).on('close', () => far.destroy());
      far.on('error', () => near.destroy()).on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    this.#of(ROUTER.name).within(() => server.listen(port));
  }

  /** Makes the network of a pod; a pod that answers HTTP does so at once. */
  addPod(pod: NetPod): void {
    const own = this.#hold(pod.name);
    wire(this.#of(pod.node.name), podLink(pod, own.file));
    wire(own, podWiring(pod));
    if (pod.app === 'dns') return;
    const server = createHttp((_, response) => response.end(`${pod.name}\n`));
    own.within(() => server.listen(WEB_PORT));
    this.#servers.set(pod.name, server);
  }

  /** Takes the network of a pod away, as a runtime does when the pod ends. */
  endPod({name, node, ip}: NetPod): void {
    this.#servers.get(name)?.close();
    this.#servers.delete(name);
    rmSync(this.#places.namespace(name), {force: true});
    rmSync(podFile(this.#places, node.name, name), {force: true});
    wire(this.#of(node.name), {ip: [`link del ${deviceOf(ip)}`]});
    this.#of(name).release();
    this.#held.delete(name);
  }

  #node(node: NetNode, nodes: readonly NetNode[]): void {
    const own = this.#of(node.name);
    own.within(() => {
      for (const [name, value] of Object.entries(ROUTING)) writeFileSync(`/proc/sys/net/${name}`, value);
      // Its kubelet, where none is real: something that takes connections.
      if (!node.isReal) createServer(socket => socket.destroy()).listen(KUBELET_PORT);
    });
    wire(own, nodeWiring(node, nodes));
  }

  #hold(name: string): HeldNetns {
    const held = new HeldNetns();
    this.#held.set(name, held);
    link(held.file, this.#places.namespace(name));
    return held;
  }

  #of(name: string): HeldNetns {
    const held = this.#held.get(name);
    if (!held) throw new Error(`there is no network of ${name}`);
    return held;
  }
}

/** How a node's runtime names the network of a pod; programs of the node see it below `/run/netns`. */
export function podFile(places: NetPlaces, node: string, pod: string): string {
  return `${places.run(node)}/netns/${pod}`;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), {recursive: true});
  symlinkSync(target, path);
}

function wire(own: HeldNetns, {ip, bridge = [], iptables = []}: Wiring): void {
  own.within(() => {
    batch('ip', ip);
    if (bridge.length > 0) batch('bridge', bridge);
    for (const [program = '', ...args] of iptables) run(program, args);
  });
}

function batch(program: string, lines: readonly string[]): void {
  run(program, ['-batch', '-'], `${lines.join('\n')}\n`);
}

function run(program: string, args: readonly string[], input = ''): void {
  execFileSync(program, args, {input, stdio: ['pipe', 'ignore', 'pipe']});
}
