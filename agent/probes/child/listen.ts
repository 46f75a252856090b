import {createServer} from 'node:net';
import type {Server, Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ListenOrder} from '../../../src/protocol/probes/orders.ts';
import {PROBE_DEFAULTS} from '../../../src/protocol/probes/orders.ts';
import {HEADER_BYTES, SEEN, greetingOf, lengthIn} from './mtu-wire.ts';
import type {Outcome} from './outcome.ts';
import {failureOf, untried} from './outcome.ts';

/** Connections at a time: a prober has one for each size. */
const MAX_CONNECTIONS = 64;
/** Milliseconds that a connection may be silent. */
const SILENCE_MS = 10_000;

/** Listens for path-MTU probes; `tell` is called as soon as the port is known, and the promise ends with the listener. */
export async function listen(order: ListenOrder, tell: (outcome: Outcome) => void): Promise<void> {
  const {nonce, listenMs = PROBE_DEFAULTS.listenMs} = order;
  const server = createServer({noDelay: true}, socket => serve(socket, nonce));
  server.maxConnections = MAX_CONNECTIONS;
  const port = await bind(server).catch((error: unknown) => {
    const {error: word, detail = ''} = failureOf(error);
    tell(untried(word, `no port could be opened (${detail})`));
  });
  if (port === undefined) return;
  tell({ok: true, tries: [], listening: {port}});
  await sleep(listenMs);
  server.close();
}

/** Binds a port of both families, or of IPv4 where there is no other. */
async function bind(server: Server): Promise<number> {
  await on(server, '::').catch(() => on(server, '0.0.0.0'));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

function on(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({host, port: 0}, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function serve(socket: Socket, nonce: string): void {
  socket.on('error', () => undefined).setTimeout(SILENCE_MS, () => socket.destroy());
  socket.write(greetingOf(nonce));
  let header = Buffer.alloc(0);
  let left: number | undefined;
  socket.on('data', (bytes: Buffer) => {
    let payload = bytes;
    if (left === undefined) {
      const missing = HEADER_BYTES - header.length;
      header = Buffer.concat([header, bytes.subarray(0, missing)]);
      payload = bytes.subarray(missing);
      if (header.length < HEADER_BYTES) return;
      left = lengthIn(header, nonce);
      if (left === undefined) {
        socket.destroy();
        return;
      }
      socket.write(SEEN);
    }
    left -= payload.length;
    if (left <= 0 && payload.length > 0) socket.end(SEEN);
  });
}
