import {mkdirSync} from 'node:fs';
import type {ProcessId} from '../../../scripts/cache/process-id.ts';
import {AGENT_PORT} from '../../../src/protocol/names.ts';
import type {Api} from '../parts/api.ts';
import type {LabFacts} from '../parts/lab.ts';
import type {LabDir} from '../parts/places.ts';
import {podPorts} from '../parts/ports.ts';
import {REAL_NODE} from '../linux-node/config.ts';
import {endPart, startPart, type Command} from '../parts/process.ts';
import {commandOnNode, inNetworkOf, wayToNode} from '../net/agents.ts';
import {sandboxesOf} from '../net/runtimes.ts';
import {environmentOf, type AgentPod} from './pod-spec.ts';
import {AGENT} from './programs.ts';
import {endWindowsNode, windowsNode} from './windows-node.ts';
import {writeVolumes} from './volumes.ts';

interface Running {
  pod: AgentPod;
  part: string;
  id: ProcessId;
  root: string;
}

/** What agents are: the sources on this system, unless something here says otherwise. */
export interface AgentKinds {
  /** On Windows nodes the packaged program under Wine. */
  wine: boolean;
  /** The packaged program, in the network of its node (see test/lab/net). */
  net: boolean;
  /** Whether these Windows programs find the pods of their node, each in a compartment. */
  compartments: boolean;
}

/** The processes of all pods of the agent's namespace. */
export class AgentPods {
  readonly #lab: LabDir;
  readonly #api: Api;
  readonly #server: URL;
  readonly #port: () => Promise<number>;
  readonly #kinds: AgentKinds;
  readonly #running = new Map<string, Running>();
  readonly #starting = new Set<string>();

  constructor(lab: LabDir, api: Api, {server, slot}: LabFacts, kinds: AgentKinds) {
    this.#lab = lab;
    this.#api = api;
    this.#server = new URL(server);
    this.#port = podPorts(slot);
    this.#kinds = kinds;
  }

  /** Starts the pod's process once the pod runs. */
  async seen(pod: AgentPod): Promise<void> {
    const {uid} = pod.metadata;
    // That one's own kubelet runs it.
    if (this.#kinds.net && pod.spec.nodeName === REAL_NODE) return;
    if (pod.metadata.deletionTimestamp || pod.status?.phase !== 'Running') return;
    if (this.#running.has(uid) || this.#starting.has(uid)) return;
    this.#starting.add(uid);
    try {
      await this.#start(pod);
    } finally {
      // One that failed is tried again when the pod is next seen.
      this.#starting.delete(uid);
    }
  }

  async #start(pod: AgentPod): Promise<void> {
    const {name, uid} = pod.metadata;
    const root = this.#lab.path('pods', name);
    mkdirSync(root, {recursive: true});
    await writeVolumes(this.#api, pod, root);
    const port = await this.#port();
    const env = {
      ...environmentOf(pod, root),
      // A HostProcess container has this variable; the agent looks for its volumes below it.
      CONTAINER_SANDBOX_MOUNT_POINT: root,
      KUBERNETES_SERVICE_HOST: this.#server.hostname,
      KUBERNETES_SERVICE_PORT: this.#server.port,
    };
    const part = `pod-${name}`;
    const command = await this.#command(pod, {root, env, args: argumentsOf(pod, port), part});
    await this.#map(pod, {port, env: command.env ?? {}, root});
    this.#running.set(uid, {pod, part, id: startPart(this.#lab, part, command), root});
  }

  /** How a pod's process is started. A Windows one has a node of its own around it. */
  async #command(
    pod: AgentPod,
    {root, env, args, part}: {root: string; env: Record<string, string>; args: string[]; part: string},
  ): Promise<Command> {
    const {net, wine, compartments} = this.#kinds;
    const {nodeName = '', nodeSelector} = pod.spec;
    if (wine && nodeSelector?.['kubernetes.io/os'] === 'windows') {
      const placed = (command: Command): Command =>
        net ? inNetworkOf(this.#lab, nodeName, command) : command;
      const node = await windowsNode(root, {
        env,
        placed,
        pods: compartments ? sandboxesOf(this.#lab, nodeName) : undefined,
      });
      startPart(this.#lab, `${part}-runtime`, node.runtime);
      return node.agent(args);
    }
    if (net) return commandOnNode(this.#lab, nodeName, {args, env});
    const [file, ...first] = AGENT;
    return {file, args: [...first, ...args], env};
  }

  async gone({metadata: {name, uid}}: AgentPod): Promise<void> {
    const running = this.#running.get(uid);
    if (!running) return;
    this.#running.delete(uid);
    await endPart(this.#lab, running.part, running.id);
    endWindowsNode(running.root);
    for (const kind of ['ClusterPortForward', 'ClusterExec']) {
      await this.#api.remove({apiVersion: 'kwok.x-k8s.io/v1alpha1', kind, metadata: {name}});
    }
  }

  /** Writes what has changed in Secrets. A pod that goes at this moment takes its Secrets with it. */
  async sync(): Promise<void> {
    for (const {pod, root} of this.#running.values()) {
      await writeVolumes(this.#api, pod, root).catch(() => undefined);
    }
  }

  /** Tells kwok where the pod's port and commands go. */
  async #map(
    {metadata: {name, namespace}, spec: {nodeName = ''}}: AgentPod,
    {port, env, root}: {port: number; env: Record<string, string>; root: string},
  ): Promise<void> {
    const selector = {matchNamespaces: [namespace], matchNames: [name]};
    const way = this.#kinds.net
      ? {command: wayToNode(this.#lab, nodeName, port)}
      : {target: {port, address: '127.0.0.1'}};
    await this.#api.create({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterPortForward',
      metadata: {name},
      spec: {selector, forwards: [{ports: [AGENT_PORT], ...way}]},
    });
    const envs = Object.entries(env).map(([key, value]) => ({name: key, value}));
    await this.#api.create({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterExec',
      metadata: {name},
      spec: {selector, execs: [{local: {workDir: root, envs}}]},
    });
  }
}

/** Nodes of a lab share one loopback device, so their agents cannot share a port. */
function argumentsOf({spec}: AgentPod, port: number): string[] {
  const args = spec.containers[0]?.args ?? [];
  return args[0] === 'serve' ? [...args, '--port', String(port)] : args;
}
