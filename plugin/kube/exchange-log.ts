import type http from 'node:http';
import {logExchange} from '../verbosity.ts';
import type {Credential} from './credential.ts';
import type {RawRequest} from './raw-exchange.ts';

/** All headers of a request, with those that its credential gives. */
export function headersOf(
  request: RawRequest,
  {authorization}: Credential,
): Record<string, string | string[] | number> {
  return {
    ...request.headers,
    ...(authorization && {authorization}),
    ...(request.body !== undefined && {'content-length': Buffer.byteLength(request.body)}),
  };
}

/** Tells of one exchange once, for `-v`: with its answer, or that there was none. */
export function logFor(
  request: RawRequest,
  credential: Credential,
): (answer?: {status: number; headers: http.IncomingHttpHeaders; bytes?: number}) => void {
  const started = performance.now();
  return once(answer => {
    logExchange({
      method: request.method,
      path: request.path,
      status: answer?.status ?? 0,
      ms: performance.now() - started,
      ...(answer?.bytes !== undefined && {bytes: answer.bytes}),
      sent: headersOf(request, credential),
      answered: answer?.headers ?? {},
    });
  });
}

/** Calls once, whatever comes later. */
function once<T>(call: (value?: T) => void): (value?: T) => void {
  let done = false;
  return value => {
    if (!done) call(value);
    done = true;
  };
}
