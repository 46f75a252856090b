import type {Protocol} from './types.ts';

/** Something outside of the cluster, or in it, that a user wants tried. */
export interface UserTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: Extract<Protocol, 'tcp' | 'http' | 'https'>;
}

const URL_FORM = /^(https?):\/\/(\[[\da-f:.]+\]|[^:/?#[\]@\s]+)(?::(\d{1,5}))?\/?$/i;
const HOST_PORT = /^(\[[\da-f:.]+\]|[^:/?#[\]@\s]+):(\d{1,5})$/i;
const PORTS = {http: 80, https: 443} as const;
const MAX_PORT = 65_535;

/** Reads `HOST:PORT`, `[ADDRESS]:PORT`, `http://HOST[:PORT]` and `https://HOST[:PORT]`; `undefined` where it is none of them. */
export function readTarget(text: string): UserTarget | undefined {
  const url = URL_FORM.exec(text);
  if (url) {
    const protocol = url[1]?.toLowerCase() === 'https' ? 'https' : 'http';
    return target(url[2], url[3] === undefined ? PORTS[protocol] : Number(url[3]), protocol);
  }
  const pair = HOST_PORT.exec(text);
  return pair ? target(pair[1], Number(pair[2]), 'tcp') : undefined;
}

function target(
  host: string | undefined,
  port: number,
  protocol: UserTarget['protocol'],
): UserTarget | undefined {
  if (host === undefined || port < 1 || port > MAX_PORT) return undefined;
  return {host: host.replaceAll(/[[\]]/g, ''), port, protocol};
}
