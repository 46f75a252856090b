/** What the server allows a client, known or not. Tests pass smaller ones. */
export interface ServerLimits {
  /** Open connections. */
  readonly connections: number;
  /** Bytes and number of a request's headers. */
  readonly headerBytes: number;
  readonly headers: number;
  /** Milliseconds until a request's headers, and until all of it has come. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Milliseconds between looks at connections that are too slow. */
  readonly checkMs: number;
  /** Milliseconds that a connection may stay open between two requests. */
  readonly keepAliveMs: number;
  readonly bodyBytes: number;
  /** Snapshots, logs and runs of probes under way at a time. */
  readonly snapshots: number;
  readonly logs: number;
  readonly probes: number;
  /** Milliseconds that a client may leave an answer unread before it is taken for gone. */
  readonly stallMs: number;
  /** Milliseconds until a snapshot ends, whatever its client does. */
  readonly snapshotMs: number;
  /** Requests whose nonces are remembered at a time. */
  readonly nonces: number;
}

/**
 * A plugin opens a connection or two to a node and sends requests of some hundred bytes; a few people at once must fit. What
 * is pinned by connections that never authenticate: 64 sockets with 8 KiB of headers each, for seconds.
 */
export const SERVER_LIMITS: ServerLimits = {
  connections: 64,
  headerBytes: 8 * 1024,
  headers: 40,
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 10_000,
  keepAliveMs: 15_000,
  bodyBytes: 256 * 1024,
  snapshots: 4,
  logs: 16,
  probes: 8,
  stallMs: 30_000,
  snapshotMs: 5 * 60_000,
  nonces: 20_000,
};
