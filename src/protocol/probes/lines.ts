/** One line of the NDJSON stream that answers `POST /v1/probes`: what came of one order. */
export interface ProbeLine {
  /** `ProbeOrder.id`. */
  readonly id: string;
  /** Whether at least one try worked. Of `path-mtu`: whether large packets arrive. */
  readonly ok: boolean;
  /** How it was tried. */
  readonly way: ProbeWay;
  /** Why the last try failed, or why nothing was tried. */
  readonly error?: ProbeError;
  /** One clause: what the operating system or the server said. */
  readonly detail?: string;
  /** Each try in its order; empty where nothing was tried. */
  readonly tries: readonly ProbeTry[];
  /** Address that the connection went to. */
  readonly address?: string;
  readonly http?: HttpAnswer;
  /** Of DNS probes, and of a target that is a name: every question and its answer, in the order in which they were asked. */
  readonly dns?: readonly DnsAnswer[];
  readonly mtu?: MtuAnswer;
  readonly listening?: Listening;
  /** When it began, RFC 3339 in UTC by the node's own clock. */
  readonly at: string;
}

/**
 * How a probe was tried: in the pod's own network, by its compartment (Windows) or network namespace (Linux); from the host;
 * by a program of the pod's own image.
 */
export const PROBE_WAYS = ['compartment', 'netns', 'host', 'exec'] as const;

export type ProbeWay = (typeof PROBE_WAYS)[number];

/** Why a probe failed, or was not tried. */
export const PROBE_ERRORS = [
  'refused',
  'timed-out',
  'reset',
  'unreachable',
  'name-not-found',
  'server-failure',
  /** A DNS server is silent. */
  'no-answer',
  /** Something else than was asked answers there. */
  'wrong-answer',
  'blackhole',
  'failed',
  // Not tried: the agent's own rules, the vantage point's end, what cannot be done there, the end of the run's time.
  'not-allowed',
  'gone',
  'unsupported',
  'not-tried',
] as const;

export type ProbeError = (typeof PROBE_ERRORS)[number];

/** One try. */
export interface ProbeTry {
  /** Milliseconds until it worked or failed, less those in which the prober was not let run. */
  readonly ms: number;
  /** Absent where it worked. */
  readonly error?: ProbeError;
}

/** What a web server said. */
export interface HttpAnswer {
  readonly status: number;
  /** Of HTTPS: why the certificate would not be trusted by the agent (`DEPTH_ZERO_SELF_SIGNED_CERT`); empty where it would. */
  readonly certificate?: string;
}

/** One question and what came back. */
export interface DnsAnswer {
  readonly server: string;
  readonly name: string;
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`; absent where nothing came. */
  readonly rcode?: string;
  readonly addresses: readonly string[];
  /** The answer had more than fits: it is whole over TCP only. */
  readonly truncated?: true;
  readonly ms: number;
}

/** Which packets arrive: bytes that TCP sends as one packet, which its own and IP's headers come on top of. */
export interface MtuAnswer {
  /** The largest that arrived; 0 where none did. */
  readonly arrives: number;
  /** The smallest that did not; absent where all arrive, up to what the interface sends as one packet. */
  readonly lost?: number;
}

/** Where a listener waits. */
export interface Listening {
  readonly port: number;
}
