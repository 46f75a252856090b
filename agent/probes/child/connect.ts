import {connect} from 'node:net';
import type {Socket} from 'node:net';
import type {Failure} from './outcome.ts';
import {failureOf} from './outcome.ts';
import {afterRunning} from './running-time.ts';

/** Where a connection goes: an address, never a name. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Opens a TCP connection; a failure where none comes about in time. */
export function open({address, port}: Endpoint, timeoutMs: number): Promise<Socket | Failure> {
  return new Promise(resolve => {
    const socket = connect({host: address, port, noDelay: true, lookup: neverLookUp});
    const end = (result: Socket | Failure): void => {
      callOff();
      socket.off('error', fail).off('connect', succeed);
      // What comes later is nobody's business, but must not end the process.
      if (result !== socket) socket.on('error', () => undefined).destroy();
      resolve(result);
    };
    const fail = (error: unknown): void => end(failureOf(error));
    const succeed = (): void => end(socket);
    const callOff = afterRunning(timeoutMs, () => end({error: 'timed-out'}));
    socket.once('error', fail).once('connect', succeed);
  });
}

/** Connects and closes. */
export async function connectOnce(endpoint: Endpoint, timeoutMs: number): Promise<Failure | undefined> {
  const socket = await open(endpoint, timeoutMs);
  if ('error' in socket) return socket;
  // With FIN: a reset would show as an error in the logs of whoever listens.
  socket.on('error', () => undefined).end();
  socket.destroySoon();
  return undefined;
}

/** Node.js asks this for names only; an address that is none must not reach a resolver that works in the host's network. */
export function neverLookUp(name: string): never {
  throw new TypeError(`${name} is no address`);
}
