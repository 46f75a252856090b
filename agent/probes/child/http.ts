import {request as requestHttp} from 'node:http';
import {request as requestHttps} from 'node:https';
import {isIP, isIPv6} from 'node:net';
import {TLSSocket} from 'node:tls';
import type {HttpAnswer} from '../../../src/protocol/probes/lines.ts';
import type {HttpOrder} from '../../../src/protocol/probes/orders.ts';
import type {Endpoint} from './connect.ts';
import {neverLookUp} from './connect.ts';
import type {Failure} from './outcome.ts';
import {failureOf} from './outcome.ts';
import {afterRunning} from './running-time.ts';

/** Bytes of headers that are read at most. */
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Asks for a path and reads the status. Certificates are not verified: what is tried is the way, and a Service's certificate
 * seldom is for its address; the answer says what verifying would say.
 */
export function ask(
  {kind, host, port, path = '/'}: HttpOrder,
  {address}: Endpoint,
  timeoutMs: number,
): Promise<HttpAnswer | Failure> {
  return new Promise(resolve => {
    const asked = {
      host: address,
      port,
      path,
      method: 'GET',
      agent: false,
      lookup: neverLookUp,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: {host: hostHeader(host, port, kind), 'user-agent': 'kubectl-win', connection: 'close'},
    } as const;
    const request =
      kind === 'http'
        ? requestHttp(asked)
        : requestHttps({...asked, rejectUnauthorized: false, ...(isIP(host) === 0 && {servername: host})});
    const end = (result: HttpAnswer | Failure): void => {
      callOff();
      request.removeAllListeners('error').on('error', () => undefined);
      request.destroy();
      resolve(result);
    };
    const callOff = afterRunning(timeoutMs, () => end({error: 'timed-out'}));
    request.on('error', error => end(wordsOf(error)));
    request.on('response', ({statusCode = 0, socket}) =>
      end({status: statusCode, ...(socket instanceof TLSSocket && {certificate: doubtOf(socket)})}),
    );
    request.end();
  });
}

/** Why the certificate would not be trusted. Node gives a word, or an error with one. */
function doubtOf({authorizationError: error}: TLSSocket): string {
  // The types say Error; what OpenSSL gives is a text.
  const doubt: unknown = error;
  if (typeof doubt === 'string') return doubt;
  return doubt instanceof Error && 'code' in doubt ? String(doubt.code) : '';
}

/** A peer that is connected to but speaks no HTTP, or no TLS. */
function wordsOf(error: Error): Failure {
  const failure = failureOf(error);
  const isForeign = failure.error === 'failed' && /^(?:HPE_|ERR_SSL_|EPROTO)/.test(failure.detail ?? '');
  return isForeign ? {...failure, error: 'wrong-answer'} : failure;
}

const DEFAULT_PORTS: Readonly<Record<HttpOrder['kind'], number>> = {http: 80, https: 443};

function hostHeader(host: string, port: number, kind: HttpOrder['kind']): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === DEFAULT_PORTS[kind] ? name : `${name}:${port}`;
}
