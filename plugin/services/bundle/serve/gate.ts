import {timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';

/** What a server may be asked by. */
export interface Keys {
  /** In the address that is printed: who has it gets the session. */
  token: string;
  /** In the cookie. */
  session: string;
  port: number;
}

/** What becomes of a request. */
export type Verdict =
  /** May be answered. */
  | {pass: URL}
  /** Has the token: gets the cookie, and the address without the token. */
  | {enter: true}
  | {refuse: number; why: string};

/** Paths that begin the session. */
export const ENTRANCE = '/enter/';

/**
 * Decides whether a request is answered: only to who has the token that was printed, only under the address that was printed
 * (a name that a stranger made point to loopback has another Host), never to another site's page.
 */
export function judgeRequest(
  {method, headers, url = '/'}: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  keys: Keys,
): Verdict {
  if (!hostsOf(keys.port).includes(headers.host ?? ''))
    return {refuse: 421, why: 'this address is not one of this server'};
  if (method !== 'GET') return {refuse: 405, why: 'only GET is answered'};
  const address = URL.canParse(url, ORIGIN) ? new URL(url, ORIGIN) : undefined;
  if (address?.origin !== ORIGIN) return {refuse: 400, why: 'this is no path'};
  if (address.pathname.startsWith(ENTRANCE))
    return isSame(address.pathname.slice(ENTRANCE.length), keys.token)
      ? {enter: true}
      : {refuse: 403, why: NO_TOKEN};
  // Where they come from is known only of requests inside the session: the entrance is called from a file, or typed.
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return {refuse: 403, why: 'another page asked for it'};
  return isSame(cookieOf(headers.cookie, keys.port), keys.session)
    ? {pass: address}
    : {refuse: 403, why: NO_TOKEN};
}

const ORIGIN = 'http://localhost';
const NO_TOKEN = 'open the address that `kubectl win bundle serve` printed';

/** Names under which this machine itself reaches the server. */
function hostsOf(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** The cookie's name: cookies of one host are shared by all its ports. */
export function cookieName(port: number): string {
  return `kubectl-win-${port}`;
}

function cookieOf(header: string | undefined, port: number): string {
  const prefix = `${cookieName(port)}=`;
  const found = header
    ?.split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(prefix));
  return found?.slice(prefix.length) ?? '';
}

/** Compares in a time that tells nothing of where they differ. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
