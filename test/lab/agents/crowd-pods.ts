import {randomBytes} from 'node:crypto';
import type {Server} from 'node:http';
import {NO_OBSERVER} from '../../../agent/metrics/observer.ts';
import {steadyClock} from '../../../agent/server/clock.ts';
import {SERVER_LIMITS} from '../../../agent/server/limits.ts';
import {listenOnLoopback} from '../../../agent/server/listen.ts';
import {NO_LOG_SOURCES} from '../../../agent/server/log-sources.ts';
import {NO_PROBES} from '../../../agent/server/probe-runner.ts';
import {createAgentServer} from '../../../agent/server/server.ts';
import {readKeys} from '../../../src/protocol/key.ts';
import {AGENT_KEY_SECRET, AGENT_NAMESPACE, AGENT_PORT} from '../../../src/protocol/names.ts';
import type {Api} from '../parts/api.ts';
import {madeUpCollectors} from './made-up-collectors.ts';
import type {AgentPod} from './pod-spec.ts';

/** Which nodes a process of the crowd serves, and whether some are sick. */
export interface Share {
  index: number;
  count: number;
  faults: boolean;
}

export type NodeFault = 'hangs' | 'dies' | 'refuses';

/** What is wrong with the node of a number: of each hundred, two hang, one dies, one refuses. */
export function faultOf(number: number): NodeFault | undefined {
  switch (number % 100) {
    case 11:
    case 61:
      return 'hangs';
    case 37:
      return 'dies';
    case 83:
      return 'refuses';
    default:
      return undefined;
  }
}

/** The number in a node's name: `win-0042` is 42. */
export function numberOf(node: string): number {
  return Number(/\d+$/.exec(node)?.[0] ?? 0);
}

/** Agents of one process of the crowd. */
export class CrowdPods {
  readonly #api: Api;
  readonly #share: Share;
  readonly #seen = new Set<string>();
  #keys: readonly Uint8Array[] = [];

  constructor(api: Api, share: Share) {
    this.#api = api;
    this.#share = share;
  }

  async seen({metadata: {name, uid}, spec: {nodeName = ''}, status}: AgentPod): Promise<void> {
    const number = numberOf(nodeName);
    if (
      status?.phase !== 'Running' ||
      this.#seen.has(uid) ||
      number % this.#share.count !== this.#share.index
    )
      return;
    this.#seen.add(uid);
    if (this.#keys.length === 0) this.#keys = await this.#readKeys();
    const fault = this.#share.faults ? faultOf(number) : undefined;
    const server = this.#serverFor(nodeName, fault);
    const port = await listenOnLoopback(server, 0);
    if (fault === 'refuses') server.close();
    const selector = {matchNamespaces: [AGENT_NAMESPACE], matchNames: [name]};
    await this.#api.create({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterPortForward',
      metadata: {name},
      spec: {selector, forwards: [{ports: [AGENT_PORT], target: {port, address: '127.0.0.1'}}]},
    });
  }

  #serverFor(node: string, fault: NodeFault | undefined): Server {
    const server = createAgentServer({
      node,
      os: 'windows',
      boot: randomBytes(16).toString('hex'),
      keys: () => ({keys: this.#keys}),
      collectors: madeUpCollectors(fault, () => server.closeAllConnections()),
      logs: NO_LOG_SOURCES,
      probes: NO_PROBES,
      clock: steadyClock(),
      audit: () => undefined,
      observer: NO_OBSERVER,
      limits: SERVER_LIMITS,
    });
    return server;
  }

  async #readKeys(): Promise<Uint8Array[]> {
    const metadata = {name: AGENT_KEY_SECRET, namespace: AGENT_NAMESPACE};
    const {data} = await this.#api.get({apiVersion: 'v1', kind: 'Secret', metadata});
    // A Secret's data is base64 by key.
    const {key = ''} = (data ?? {}) as {key?: string};
    return readKeys(Buffer.from(key, 'base64').toString());
  }
}
