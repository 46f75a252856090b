/** Every request that an agent answers (CONTRACT §6). */
export const ROUTES = {
  healthz: {method: 'GET', path: '/v1/healthz'},
  version: {method: 'GET', path: '/v1/version'},
  capabilities: {method: 'GET', path: '/v1/capabilities'},
  sources: {method: 'GET', path: '/v1/sources'},
  snapshot: {method: 'POST', path: '/v1/snapshot'},
  probes: {method: 'POST', path: '/v1/probes'},
  logs: {method: 'GET', path: '/v1/logs'},
} as const;

export type RouteName = keyof typeof ROUTES;

/** Content type of a stream of JSON lines (https://github.com/ndjson/ndjson-spec). */
export const NDJSON = 'application/x-ndjson';
/** Content type of every other answer but logs, which are bytes. */
export const JSON_TYPE = 'application/json';
export const BYTES_TYPE = 'application/octet-stream';

/** Body of each answer that is not 2xx. */
export interface ErrorAnswer {
  /** A word for programs. */
  readonly error: string;
  /** One sentence for people. */
  readonly detail: string;
}
