import {hmac} from '@noble/hashes/hmac.js';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, hexToBytes, utf8ToBytes} from '@noble/hashes/utils.js';

/**
 * How requests to an agent are signed. The key is never sent. What is signed names the node (of no use on another one),
 * the agent's boot (of no use after a restart), a time by the agent's own clock and a nonce (of no use a second time),
 * and the request: method, path with query, hash of the body. The header carries the body's hash, so that an agent reads no
 * byte of a body before it knows who sends it.
 *
 *     Authorization: KubectlWin1 boot=<hex>,time=<ms>,nonce=<32 hex>,body=<64 hex>,mac=<64 hex>
 */
export const SCHEME = 'KubectlWin1';

/** Milliseconds that a request's time may be off the agent's clock, either way. */
export const SIGNATURE_WINDOW_MS = 5 * 60_000;

/** Bytes of a nonce: two of 2^64 requests that share one are not to be expected. */
export const NONCE_BYTES = 16;

/** What is said to an agent beside the request itself. */
export interface Claims {
  /** `boot` of the agent's `/v1/healthz`. */
  readonly boot: string;
  /** Milliseconds since 1970 by the agent's clock: `now` of `/v1/healthz` and what has passed since. */
  readonly time: number;
  /** 32 hexadecimal digits, at random, each used once. */
  readonly nonce: string;
  /** SHA-256 of the body, in hexadecimal digits; of no bytes where there is no body. */
  readonly body: string;
}

/** The request that claims are made about. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** Name of the node that is meant. */
  readonly node: string;
}

/** What an `Authorization` header holds. */
export interface Authorization {
  readonly claims: Claims;
  /** 64 hexadecimal digits. */
  readonly mac: string;
}

/** SHA-256 of a request's body, in hexadecimal digits. */
export function bodyHash(body: Uint8Array | string): string {
  return bytesToHex(sha256(typeof body === 'string' ? utf8ToBytes(body) : body));
}

/** The `Authorization` header of a request. */
export function authorize(key: Uint8Array, request: SignedRequest, claims: Claims): string {
  const {boot, time, nonce, body} = claims;
  const mac = bytesToHex(macOf(key, request, claims));
  return `${SCHEME} boot=${boot},time=${time},nonce=${nonce},body=${body},mac=${mac}`;
}

const HEADER = new RegExp(
  `^${SCHEME} boot=([0-9a-f]{8,64}),time=([0-9]{1,15}),nonce=([0-9a-f]{32}),body=([0-9a-f]{64}),mac=([0-9a-f]{64})$`,
);

/** Reads an `Authorization` header; `undefined` where it is not of this protocol's form. */
export function readAuthorization(header: string): Authorization | undefined {
  const match = HEADER.exec(header);
  if (!match) return undefined;
  const [, boot = '', time = '', nonce = '', body = '', mac = ''] = match;
  return {claims: {boot, time: Number(time), nonce, body}, mac};
}

/** Whether one of these keys made this code. Every key is tried, and every byte compared, whatever the result. */
export function isSignedBy(
  keys: readonly Uint8Array[],
  request: SignedRequest,
  {claims, mac}: Authorization,
): boolean {
  const given = hexToBytes(mac);
  let matches = 0;
  for (const key of keys) matches |= equal(macOf(key, request, claims), given);
  return matches === 1;
}

function macOf(key: Uint8Array, {method, target, node}: SignedRequest, claims: Claims): Uint8Array {
  const signed = [SCHEME, method, target, node, claims.boot, claims.time, claims.nonce, claims.body];
  // No part can hold a line feed: HTTP allows none in a request line, the header's form none in a claim, Kubernetes none
  // in a name. Two different requests never make one text.
  return hmac(sha256, key, utf8ToBytes(signed.join('\n')));
}

/** 1 where both are the same, else 0, in a time that does not depend on where they differ. */
function equal(a: Uint8Array, b: Uint8Array): 0 | 1 {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0 ? 1 : 0;
}
