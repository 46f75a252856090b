import type {AgentOs} from '../protocol/names.ts';
import type {ProbeError, ProbeWay} from '../protocol/probes/lines.ts';

export type {ProbeError} from '../protocol/probes/lines.ts';

/** What a connection is tried for: one edge of the network of a cluster. */
export type Leg =
  | 'node-to-pod'
  | 'pod-same-node'
  | 'pod-other-node'
  | 'cluster-ip'
  | 'host-cluster-ip'
  | 'backend'
  | 'full-name'
  | 'short-name'
  | 'dns-vip'
  | 'dns-backend'
  | 'node-port'
  | 'api-server'
  | 'headless-name'
  | 'host'
  | 'path-mtu'
  | 'outbound';

/** Where a connection starts: a pod's own network, or the host's where there is no pod. */
export interface Vantage {
  readonly node: string;
  readonly os: AgentOs;
  readonly pod?: {readonly namespace: string; readonly name: string; readonly uid?: string};
}

/** Where a connection goes. */
export interface Target {
  /** Address, or a name that the vantage point itself resolves. */
  readonly host: string;
  readonly port: number;
  /** Node that it stands on, where it stands on one. */
  readonly node?: string;
  readonly os?: AgentOs;
  /** What it is of: `Pod/shop/web-0`, `Service/shop/web`, `Node/win-1`, `Target/example.com:443`. */
  readonly of: {readonly kind: string; readonly namespace?: string; readonly name: string};
}

/**
 * `http` and `https` connect and ask for `/`; what a server answers counts as an answer. `path-mtu` sends small and large
 * packets to a listener that the agent of the target's node opens in the target pod's network, never to a port of somebody else.
 */
export type Protocol = 'tcp' | 'http' | 'https' | 'dns-udp' | 'dns-tcp' | 'path-mtu';

/** One connection that is to be tried. */
export interface Probe {
  /** Unique in its plan, and the same whenever the same connection is planned. */
  readonly id: string;
  readonly leg: Leg;
  readonly from: Vantage;
  readonly to: Target;
  readonly protocol: Protocol;
  /** Name that a DNS server is asked for. */
  readonly query?: string;
  /** How often it is tried, for latency and loss; once unless said. */
  readonly tries?: number;
  /** Of a virtual IP: the probe of a backend of it, from the same place. */
  readonly backend?: string;
  /** Set where it cannot work on Windows by design: its failure is information. */
  readonly byDesign?: true;
}

/** What could not be planned, and why. */
export interface PlanGap {
  readonly leg: Leg;
  readonly node?: string;
  readonly detail: string;
}

/** Connections to try, and how much of the cluster they see. */
export interface ProbePlan {
  readonly probes: readonly Probe[];
  readonly gaps: readonly PlanGap[];
  /** Nodes among which links are sampled. */
  readonly nodes: number;
  /** Chance that a broken link between two nodes, in one direction, is not among the probes, whichever of them breaks. */
  readonly chanceToMiss: number;
}

/** What came of a probe. */
export interface ProbeResult {
  /** `Probe.id`. */
  readonly probe: string;
  readonly ok: boolean;
  readonly error?: ProbeError;
  /** One clause: what the operating system or the server said. */
  readonly detail?: string;
  /** Milliseconds of the fastest try that worked. */
  readonly ms?: number;
  /** Milliseconds of the slowest try that worked, where there was more than one. */
  readonly slowestMs?: number;
  /** Bytes of the largest payload that came through where a larger one did not (`blackhole`). */
  readonly passedBytes?: number;
  readonly tries: number;
  /** Tries that failed. */
  readonly lost: number;
  readonly way: ProbeWay;
  /** RFC 3339 by the node's own clock. */
  readonly at: string;
}

const UNTRIED: ReadonlySet<ProbeError> = new Set(['not-allowed', 'gone', 'unsupported', 'not-tried']);

/** Whether a connection was tried and failed; what was not tried says nothing of the network. */
export function hasFailed({ok, error, tries}: ProbeResult): boolean {
  return !ok && tries > 0 && !(error !== undefined && UNTRIED.has(error));
}

/** Whether something at the other end said no: the way there works, and what is there is not as it was meant. */
export function isAnswered({error}: ProbeResult): boolean {
  return error === 'refused' || error === 'reset';
}
