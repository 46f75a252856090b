import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** The only address that an agent's protocol is served on: nothing outside the node reaches it. */
const LOOPBACK = '127.0.0.1';

/** A port cannot be had; the message says why. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** Has a server listen on loopback, and gives the port. Throws a {@link ListenError}. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another program has it: is an agent running already?'
          : `it cannot be had (${error.code ?? error.message})`;
      reject(new ListenError(`port ${port} on ${LOOPBACK}: ${why}`));
    });
    // What listens on TCP has an address with a port.
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}
