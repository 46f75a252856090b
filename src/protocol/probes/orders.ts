/**
 * Body of `POST /v1/probes`: what one node is to try. Each order is answered with one line (`lines.ts`), as it ends, whichever
 * ends first. An agent whose `capabilities.probes` lacks a kind refuses the request.
 */
export interface ProbesRequest {
  readonly orders: readonly ProbeOrder[];
  /** Milliseconds until the whole run ends; what was not tried by then is answered with `not-tried`. */
  readonly deadlineMs?: number;
}

/** Every kind of probe, by what it does. */
export const PROBE_KINDS = ['tcp', 'http', 'https', 'dns-udp', 'dns-tcp', 'listen', 'path-mtu'] as const;

export type ProbeKind = (typeof PROBE_KINDS)[number];

/** One thing to try. */
export type ProbeOrder = ConnectOrder | HttpOrder | DnsOrder | ListenOrder | PathMtuOrder;

/** A pod whose network a probe starts in. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  /** A pod of the same name that came later is another one: its probes are `gone`. */
  readonly uid?: string;
}

/** What every order has. */
export interface OrderFacts {
  /** Unique in its request: `Probe.id`. */
  readonly id: string;
  /** Absent: the host's own network. */
  readonly from?: PodRef;
  /** Tries, one after the other. 1 where absent. */
  readonly tries?: number;
  /** Milliseconds that one try may take. */
  readonly timeoutMs?: number;
}

/** Where a connection goes. */
export interface TargetFacts {
  /** Address, or a name that the vantage point resolves with its own servers and suffixes. */
  readonly host: string;
  readonly port: number;
  /** Of a name with addresses of both families: which are tried. Either where absent, IPv4 first. */
  readonly family?: 4 | 6;
}

/** Connects and closes. */
export interface ConnectOrder extends OrderFacts, TargetFacts {
  readonly kind: 'tcp';
}

/** Asks a web server for one path; its body is not read. Certificates are not verified, and the answer says what they would be. */
export interface HttpOrder extends OrderFacts, TargetFacts {
  readonly kind: 'http' | 'https';
  /** `/` where absent. */
  readonly path?: string;
}

/** Asks a DNS server. */
export interface DnsOrder extends OrderFacts {
  readonly kind: 'dns-udp' | 'dns-tcp';
  /** Address of the server; the vantage point's own first one where absent. */
  readonly server?: string;
  /** 53 where absent. */
  readonly port?: number;
  readonly query: string;
  readonly recordType?: 'A' | 'AAAA';
  /** Whether suffixes are tried in their order, as a resolver of that vantage point would; else the name is asked as it is. */
  readonly search?: boolean;
}

/**
 * Listens in the network of the vantage point on a port that the system chooses, for `path-mtu` of another agent and nobody
 * else. The line that tells the port comes at once; the answer's end comes when the time is over. A client that is done hangs up.
 */
export interface ListenOrder extends OrderFacts {
  readonly kind: 'listen';
  /** 32 hexadecimal digits at random: who does not know them gets no answer, and who listens proves that it does. */
  readonly nonce: string;
  /** Milliseconds that it listens at most. */
  readonly listenMs?: number;
}

/** Sends ever larger packets to a listener of another agent. */
export interface PathMtuOrder extends OrderFacts, TargetFacts {
  readonly kind: 'path-mtu';
  /** The listener's. */
  readonly nonce: string;
}

/** What an agent takes in one request; beyond it the request is refused. */
export const PROBE_LIMITS = {
  orders: 500,
  tries: 20,
  timeoutMs: 15_000,
  listenMs: 120_000,
  deadlineMs: 300_000,
} as const;

/** Milliseconds where a request does not say: a Windows host takes 2 s to tell that a port is closed (it asks three times). */
export const PROBE_DEFAULTS = {tries: 1, timeoutMs: 5000, listenMs: 30_000, deadlineMs: 60_000} as const;
