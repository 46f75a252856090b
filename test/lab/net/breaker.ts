import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {buildForTest} from '../parts/build.ts';
import {LabDir} from '../parts/places.ts';
import {endPart, partsOf} from '../parts/process.ts';
import {loadObject} from '../scene/load.ts';
import type {LabObject} from '../parts/api.ts';
import type {TestLab} from '../lab.ts';
import {netPlaces, type NetPlaces} from './places.ts';
import type {Sandbox} from './runtimes.ts';
import {answersIn, startDns} from './start.ts';
import type {NetPod, Topology} from './topology.ts';

/** Breaks the networks of a running lab and mends them again: whatever is done through it is taken back by `mend`, last things first. */
export class Breaker {
  readonly topology: Topology;
  readonly lab: TestLab;
  readonly #dir: LabDir;
  readonly #places: NetPlaces;
  readonly #undo: (() => Promise<void> | void)[] = [];

  constructor(lab: TestLab, topology: Topology) {
    this.lab = lab;
    this.topology = topology;
    this.#dir = new LabDir(lab.name);
    this.#places = netPlaces(this.#dir);
  }

  /** Runs a program in the network of a node, a pod or the router; answers what it prints. */
  inside(place: string, ...command: readonly string[]): string {
    const args = [`--net=${this.#places.namespace(place)}`, '--', ...command];
    return execFileSync('nsenter', args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
  }

  /** Processes in the network of a node, a pod or the router whose command line begins so. */
  processes(place: string, command: string): number[] {
    const {ino} = statSync(this.#places.namespace(place));
    return readdirSync('/proc')
      .filter(pid => /^\d+$/.test(pid) && isIn(pid, ino) && commandOf(pid).startsWith(command))
      .map(Number);
  }

  /** Puts a rule of iptables (or ip6tables) before all others of its chain. */
  rule(
    place: string,
    chain: string,
    spec: readonly string[],
    program: 'iptables' | 'ip6tables' = 'iptables',
  ): void {
    const [table = 'filter', name = chain] = chain.includes('/') ? chain.split('/') : ['filter', chain];
    this.inside(place, program, '-t', table, '-I', name, ...spec);
    this.#undo.push(() => void this.inside(place, program, '-t', table, '-D', name, ...spec));
  }

  /** Does something with `ip`, and says how to take it back. */
  ip(place: string, command: string, undo: string): void {
    this.inside(place, 'ip', ...command.split(' '));
    this.#undo.push(() => void this.inside(place, 'ip', ...undo.split(' ')));
  }

  /** Removes what kube-proxy of a node has for a virtual IP. */
  forget(node: string, address: string): void {
    const lines = this.inside(node, 'iptables', '-t', 'nat', '-S', 'KUBE-SERVICES').split('\n');
    const own = lines.filter(line => line.includes(`-d ${address}/32 `)).map(wordsOf);
    if (own.length === 0) throw new Error(`kube-proxy on ${node} has nothing for ${address}`);
    for (const [, ...spec] of own) {
      this.inside(node, 'iptables', '-t', 'nat', '-D', ...spec);
      const [chain = '', ...rest] = spec;
      this.#undo.push(() => void this.inside(node, 'iptables', '-t', 'nat', '-I', chain, '1', ...rest));
    }
  }

  /** Takes the network of a pod away while Kubernetes goes on believing in it. */
  async endPod(pod: NetPod): Promise<void> {
    await this.#keeper('end', pod);
    this.#undo.push(() => this.#keeper('add', pod));
  }

  /** Changes what the runtimes say of pods. */
  sandboxes(edit: (sandbox: Sandbox) => Sandbox): void {
    const before = readFileSync(this.#places.sandboxes, 'utf8');
    // Written by the lab alone.
    const after = (JSON.parse(before) as Sandbox[]).map(edit);
    writeFileSync(this.#places.sandboxes, JSON.stringify(after));
    this.#undo.push(() => writeFileSync(this.#places.sandboxes, before));
  }

  /** Ends the CoreDNS of a pod; with lines for its Corefile it is started anew. */
  async dns(pod: NetPod, more?: readonly string[]): Promise<void> {
    const folder = await buildForTest('coredns', () => undefined);
    await this.#endDns(pod);
    if (more) startDns(this.#dir, pod, folder, more);
    this.#undo.push(async () => {
      await this.#endDns(pod);
      startDns(this.#dir, pod, folder);
      await this.#dnsAnswers(pod);
    });
    if (more) await this.#dnsAnswers(pod);
  }

  /** Creates objects. */
  async create(...objects: LabObject[]): Promise<void> {
    for (const object of objects) {
      await loadObject(this.lab.api, object);
      this.#undo.push(() => this.lab.api.remove(object));
    }
  }

  /** Takes everything back; what cannot be taken back keeps nothing else from it, and is thrown at the end. */
  async mend(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#undo.splice(0).toReversed()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything was mended');
  }

  async #endDns({name}: NetPod): Promise<void> {
    for (const {part, id} of partsOf(this.#dir)) if (part === name) await endPart(this.#dir, part, id);
  }

  async #dnsAnswers({name}: NetPod): Promise<void> {
    await eventually(`${name} does not answer`, () =>
      answersIn(this.#places.namespace(name), 8181, '/ready'),
    );
  }

  async #keeper(verb: 'end' | 'add', {name}: NetPod): Promise<void> {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(
        {socketPath: this.#places.control, method: 'POST', path: `/${verb}/${name}`},
        response => resolve(response.resume().statusCode),
      );
      call.on('error', reject).end();
    });
    if (status !== 200) throw new Error(`the keeper of the networks answers ${status} for ${name}`);
  }
}

function isIn(pid: string, namespace: number): boolean {
  try {
    return statSync(`/proc/${pid}/ns/net`).ino === namespace;
  } catch {
    // It has just ended.
    return false;
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const PATIENCE_MS = 60_000;

/** Waits until something holds; throws with `what` where it does not within a minute. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(what);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** Words of a rule as `iptables -S` prints it: comments stand in quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
